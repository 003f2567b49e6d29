import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

const ids = new WeakMap<IncomingMessage, string>();

/** The id of a request, given by the client or by us; it is in the log, in every problem and in the answer's header. */
export function requestIdOf(request: IncomingMessage): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
  ids.set(request, id);
  return id;
}

/** One line a request: no headers, no bodies, no query (it may hold what was searched for). */
export function logRequests(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: requestIdOf,
    quietReqLogger: true,
    autoLogging: { ignore: (request) => request.url === '/healthz' || request.url === '/readyz' },
    customLogLevel: (_request, response, error) =>
      error !== undefined || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
    serializers: {
      req: (request: { readonly method: string; readonly url: string }) => ({
        method: request.method,
        path: pathOf(request.url),
      }),
      res: (response: { readonly statusCode: number }) => ({ status: response.statusCode }),
      err: (error: Error) => ({ name: error.name, message: error.message, stack: error.stack }),
    },
  });
}

/** Without its query; and without the token of a link, which lets whoever has it respond. */
const pathOf = (url: string): string | undefined => url.split('?')[0]?.replace(/^\/respond\/.*/s, '/respond/…');

/** Tells the client the id of its request. */
export const nameRequest: RequestHandler = (request, response: ServerResponse, next) => {
  response.setHeader('x-request-id', requestIdOf(request));
  next();
};
