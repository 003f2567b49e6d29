import { readFile } from 'node:fs/promises';
import { apiReference } from '@scalar/express-api-reference';
import { type RequestHandler, Router } from 'express';

/** The page that shows the OpenAPI document. Its script comes from our own dependencies: it works without the internet. */
export function referencePage(): Router {
  const router = Router();
  router.get('/reference', withPagePolicy, apiReference(page));
  router.get('/reference/script.js', serveScript);
  return router;
}

/** The script is newer than the package's types: `agent` and `mcp` would offer the vendor's own services. */
const page = {
  url: '/openapi.json',
  cdn: '/reference/script.js',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  pageTitle: 'Homeward API',
} as const;

const serveScript: RequestHandler = async (_request, response) => {
  response
    .type('text/javascript')
    .set('cache-control', 'public, max-age=86400')
    .send(await script());
};

let loading: Promise<Buffer> | undefined;

/** Read at the first visit and kept: 3.6 MB that most processes never need. */
function script(): Promise<Buffer> {
  // The Express package only points to a CDN; the Fastify package of the same product carries the script as a file.
  loading ??= readFile(new URL('js/standalone.js', import.meta.resolve('@scalar/fastify-api-reference')));
  return loading;
}

/** The page runs an inline script and styles of its own, and must reach nothing but this server. */
const withPagePolicy: RequestHandler = (_request, response, next) => {
  response.set(
    'content-security-policy',
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:",
  );
  next();
};
