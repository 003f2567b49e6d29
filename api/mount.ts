import { randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Api } from './api.ts';
import type { Answer, Endpoint } from './endpoint.ts';
import { commandIdOf, idempotencyKey, once } from './idempotency.ts';
import { authenticate, authorize, type Caller } from './keys/authenticate.ts';
import { Problem } from './problem.ts';
import { limitGuesses, limitRate } from './rate-limits.ts';
import { requestIdOf } from './requests.ts';

/** A receipt of 250 lines with serials fits; nothing that a person types comes near. */
const BODY_LIMIT = '256kb';

/** Serves the endpoints, each behind authentication, rate limit and role. */
export function mount(
  endpoints: readonly Endpoint[],
  api: Api,
  limits: { readonly requestsPerMinute: number },
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const callers = new WeakMap<Request, Caller>();
  const guesses = limitGuesses();
  const identify: RequestHandler = async (request, response, next) => {
    try {
      callers.set(request, await authenticate(api.db, request.get('authorization')));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await guesses(request, response, (limited) => next(limited ?? error));
      return;
    }
    next();
  };
  const limit = limitRate(limits.requestsPerMinute, (request) => callers.get(request)?.id);
  const guards = [identify, limit];
  for (const described of endpoints) {
    const serve: RequestHandler = async (request, response) => {
      const caller = callers.get(request);
      if (caller === undefined) throw new Error('an endpoint was reached without authentication');
      await reply(request, response, await run(described, request, caller, api));
    };
    const permit: RequestHandler = (request, _response, next) => {
      const caller = callers.get(request);
      if (caller !== undefined) authorize(caller, described.permission);
      next();
    };
    const body = described.body === undefined ? [] : [onlyJson, express.json({ limit: BODY_LIMIT, strict: false })];
    router[described.method](expressPath(described.path), ...guards, permit, ...body, serve);
  }
  for (const [path, methods] of Map.groupBy(endpoints, ({ path }) => path)) {
    router.all(expressPath(path), notAllowed(methods.map(({ method }) => method.toUpperCase())));
  }
  return router;
}

async function run(described: Endpoint, request: Request, caller: Caller, api: Api): Promise<Answer> {
  const key = described.streams === undefined ? idempotencyKey(request.get('idempotency-key')) : undefined;
  const { method, path, body } = request;
  const identity = { apiKeyId: caller.id, key: key ?? randomUUID(), method, path, body };
  const raw = {
    params: request.params,
    query: request.query,
    body,
    caller,
    requestId: requestIdOf(request),
    commandId: commandIdOf(identity),
    request,
  };
  const work = async () => await described.run(raw, api);
  if (key === undefined || described.method !== 'post' || described.permission === 'returns:preview')
    return await work();
  return await once(api.db, identity, work);
}

async function reply(request: Request, response: Response, answer: Answer): Promise<void> {
  if (isKnownAlready(request, answer)) {
    response
      .status(304)
      .set(answer.headers ?? {})
      .end();
    return;
  }
  response.status(answer.status).set(answer.headers ?? {});
  if (answer.lines !== undefined) {
    response.type('application/x-ndjson');
    await pipeline(answer.lines, toLines, response);
  } else if (answer.stream !== undefined) {
    response.type(answer.stream.type);
    await pipeline(answer.stream.content, response).catch(unlessGone);
  } else if (answer.file !== undefined) response.type(answer.file.type).send(Buffer.from(answer.file.bytes));
  else if (answer.body === undefined) response.end();
  else response.json(answer.once === undefined ? answer.body : { ...Object(answer.body), ...answer.once });
}

/** RFC 9110, 13.1.2. The framework's own check gives way to Cache-Control: no-cache, which fetch always adds to it. */
function isKnownAlready(request: Request, { headers }: Answer): boolean {
  const etag = headers?.['etag'];
  if (etag === undefined || request.method !== 'GET') return false;
  const known = (request.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes('*') || known.includes(etag.replace(/^W\//, ''));
}

/** Whoever asked may leave before the end, as those do who follow something. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
}

async function* toLines(values: AsyncIterable<unknown>): AsyncIterable<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}

const onlyJson: RequestHandler = (request, _response, next) => {
  const isEmpty = request.get('transfer-encoding') === undefined && Number(request.get('content-length') ?? 0) === 0;
  if (!isEmpty && request.is('application/json') === false) {
    throw new Problem(415, 'content_type_unsupported', 'send the body as JSON with Content-Type: application/json');
  }
  next();
};

function notAllowed(methods: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const allow = methods.join(', ');
    next(
      new Problem(405, 'method_not_allowed', `${request.method} is not possible here; use ${allow}`, {
        headers: { allow },
      }),
    );
  };
}

const expressPath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');
