import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Api } from './api.ts';
import { checked, type Output } from './checked.ts';
import type { Caller } from './keys/authenticate.ts';
import type { Permission } from './roles.ts';

/** One route, described once: the server mounts it and the OpenAPI document is made from it. */
export type Endpoint = Described & {
  readonly run: (raw: RawCall, api: Api) => Promise<Answer>;
};

export type Described = {
  readonly method: 'get' | 'post' | 'delete';
  /** In OpenAPI's form: `/v1/returns/{rma}`. */
  readonly path: string;
  readonly tag: string;
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Content types of a body that the handler reads as a stream instead; such a request takes no Idempotency-Key by itself. */
  readonly streams?: readonly string[];
  /** The handler of a stream minds the Idempotency-Key. */
  readonly keepsKey?: true;
  readonly responses: Readonly<Record<number, ResponseBody>>;
  /** Statuses of the problems that it may answer with, beside those that all share. */
  readonly problems?: readonly number[];
};

export type ResponseBody = {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly contentType?: string;
  /** Also as a table of CSV, where the caller asks for it. */
  readonly csv?: true;
  /** Likewise as a PDF. */
  readonly pdf?: true;
};

export type RawCall = {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly caller: Caller;
  readonly requestId: string;
  /** Never repeats, and is the same when a client tries again with its Idempotency-Key. */
  readonly commandId: string;
  readonly request: IncomingMessage;
};

export type Call<P, Q, B> = Omit<RawCall, 'params' | 'query' | 'body'> & {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
};

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  /** A file that is made while it is sent. */
  readonly stream?: { readonly type: string; readonly content: Readable };
  /** A file, sent as it is. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array };
  /** Lines of newline-delimited JSON, sent as they come. */
  readonly lines?: AsyncIterable<unknown>;
  /** Fields of the body that are never stored for a replay: secrets. */
  readonly once?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Describes a route. Its handler only runs with checked parameters, query and body. */
export function endpoint<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  described: Omit<Described, 'params' | 'query' | 'body'> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly handle: (call: Call<Output<P>, Output<Q>, Output<B>>, api: Api) => Promise<Answer>;
  },
): Endpoint {
  const { params, query, body, handle, ...rest } = described;
  return {
    ...rest,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    run: async (raw, api) =>
      await handle(
        {
          ...raw,
          params: checked<P>(params, raw.params, 'path'),
          query: checked<Q>(query, raw.query, 'query'),
          body: checked<B>(body, raw.body, 'body'),
        },
        api,
      ),
  };
}
