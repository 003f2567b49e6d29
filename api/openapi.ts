import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { Health, Readiness } from './health.ts';
import { ProblemBody } from './problem.ts';
import { rolesThatMay } from './roles.ts';

/** Problems that every endpoint may answer with. */
const shared = [400, 401, 403, 429, 500, 503] as const;
const withBody = [409, 413, 415, 422] as const;

/** The OpenAPI 3.1 document, made from the very schemas that check requests. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const described of endpoints) {
    paths[described.path] = { ...paths[described.path], [described.method]: operation(described) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Homeward',
      version: '1',
      description:
        'Returns from request to closure. Send an API key as `Authorization: Bearer hw_…`; errors are problem details ' +
        '(RFC 9457) with a stable `code`; send an `Idempotency-Key` with every POST that you may have to repeat.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: { ...healthPaths, ...paths, ...webhookPaths } satisfies ZodOpenApiPathsObject,
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'hw_…' } } },
  });
}

function operation(described: Endpoint): ZodOpenApiOperationObject {
  const { method, body, streams } = described;
  const problems = [...shared, ...(described.problems ?? []), ...(method === 'post' ? withBody : [])];
  const header =
    method === 'post' && (streams === undefined || described.keepsKey === true) ? { header: idempotencyHeader } : {};
  return {
    operationId: described.id,
    tags: [described.tag],
    summary: described.summary,
    description: [described.description, `Roles: ${rolesThatMay(described.permission).join(', ')}.`]
      .filter((text) => text !== undefined)
      .join('\n\n'),
    requestParams: {
      ...(described.params === undefined ? {} : { path: described.params }),
      ...(described.query === undefined ? {} : { query: described.query }),
      ...header,
    },
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: { 'application/json': { schema: body } },
          },
        }),
    ...(streams === undefined ? {} : { requestBody: { required: true, content: streamed(streams) } }),
    responses: {
      ...answers(described),
      ...Object.fromEntries(problems.map((status) => [status, problemAnswer(status)])),
    },
  };
}

const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Makes a repeated request answer as the first one did. Kept for a day.' }),
});

const streamed = (types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } as const }]));

function answers({ responses }: Endpoint) {
  return Object.fromEntries(
    Object.entries(responses).map(([status, { description, schema, contentType, csv, pdf }]) => [
      status,
      {
        description,
        ...(schema === undefined
          ? {}
          : {
              content: {
                [contentType ?? 'application/json']: { schema },
                ...(csv === true ? streamed(['text/csv']) : {}),
                ...(pdf === true ? streamed(['application/pdf']) : {}),
              },
            }),
      },
    ]),
  );
}

const problemAnswer = (status: number) => ({
  description: STATUS_CODES[status] ?? 'Problem',
  content: { 'application/problem+json': { schema: ProblemBody } },
});

const healthPaths: ZodOpenApiPathsObject = {
  '/healthz': {
    get: {
      operationId: 'healthz',
      tags: ['Health'],
      summary: 'Whether this process lives',
      security: [],
      responses: { 200: { description: 'It does.', content: { 'application/json': { schema: Health } } } },
    },
  },
  '/readyz': {
    get: {
      operationId: 'readyz',
      tags: ['Health'],
      summary: 'Whether it can serve',
      security: [],
      responses: {
        200: { description: 'Database and Temporal answer.', content: { 'application/json': { schema: Readiness } } },
        503: { description: 'One of them does not.', content: { 'application/json': { schema: Readiness } } },
      },
    },
  },
};

const webhook = (provider: string, signature: string): ZodOpenApiPathsObject[string] => ({
  post: {
    operationId: `${provider}Webhook`,
    tags: ['Webhooks'],
    summary: `Events of ${provider}`,
    description: `Verified by its ${signature} header. An event that came before is answered alike and does nothing.`,
    security: [],
    requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    responses: {
      200: {
        description: 'It is stored, or is of no interest.',
        content: { 'application/json': { schema: z.object({ received: z.literal(true) }) } },
      },
      ...Object.fromEntries([400, 401, 413, 503].map((status) => [status, problemAnswer(status)])),
    },
  },
});

const webhookPaths: ZodOpenApiPathsObject = {
  '/v1/webhooks/easypost': webhook('easypost', 'X-Hmac-Signature'),
  '/v1/webhooks/stripe': webhook('stripe', 'Stripe-Signature'),
};
