import { z } from 'zod';
import type { Api } from './api.ts';
import { isRunning } from './carry-out.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { type ProcessDesk, processNotFound } from './process-desk.ts';
import type { Permission } from './roles.ts';

type Shown = {
  readonly summary: string;
  readonly permission: Permission;
  readonly number: z.ZodType<string>;
  readonly schema: z.ZodType;
  /** The process as it leaves; null where the read model has none. */
  readonly find: (api: Api, number: string) => Promise<{ readonly version: number } | null>;
};

/** The route that shows one process of a desk. */
export const getProcess = (desk: ProcessDesk, { summary, permission, number: field, schema, find }: Shown): Endpoint =>
  endpoint({
    method: 'get',
    path: `${desk.path}/{number}`,
    id: `get${desk.id}`,
    tag: desk.tag,
    summary,
    permission,
    params: z.object({ number: field }),
    responses: {
      200: { description: `The ${desk.noun}.`, schema },
      202: {
        description: 'It was requested, and begins as soon as a worker is there.',
        schema: z.object({ number: z.string(), status: z.literal('starting') }),
      },
      304: { description: 'Nothing has changed.' },
    },
    problems: [404],
    handle: async ({ params: { number } }, api) => {
      const body = await find(api, number);
      if (body !== null) return { status: 200, body, headers: { etag: `W/"${body.version}"` } };
      if (!(await isRunning(api, desk.workflowId(number)))) throw processNotFound(desk, number);
      return { status: 202, body: { number, status: 'starting' }, headers: { 'retry-after': '1' } };
    },
  });
