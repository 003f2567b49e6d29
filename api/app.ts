import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Api } from './api.ts';
import { endpoints } from './endpoints.ts';
import { problemOf } from './faults.ts';
import { healthRoutes } from './health.ts';
import { mount } from './mount.ts';
import { openApiDocument } from './openapi.ts';
import { Problem, problemBody } from './problem.ts';
import { referencePage } from './reference.ts';
import { logRequests, nameRequest, requestIdOf } from './requests.ts';
import { respondRoutes } from './respond/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';

/** The HTTP application: order matters, as each step only sees what the ones before let through. */
export function createApp(api: Api, limits: { readonly requestsPerMinute: number }): Express {
  const app = express();
  // Entity tags come from journal versions, not from a hash of each body.
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(nameRequest, logRequests(api.log), helmet());
  app.use(healthRoutes(api));
  const document = openApiDocument();
  app.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.use(referencePage());
  app.use(webhookRoutes(api));
  app.use(respondRoutes(api));
  app.use(mount(endpoints, api, limits));
  app.use(notFound);
  app.use(answerWithProblem(api));
  return app;
}

const notFound: RequestHandler = (request, _response, next) => {
  next(new Problem(404, 'route_not_found', `there is nothing at ${request.method} ${request.path}; see /reference`));
};

function answerWithProblem(api: Api): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const requestId = requestIdOf(request);
    const problem = problemOf(error);
    if (problem.status >= 500) api.log.error({ requestId, err: error }, problem.code);
    if (response.headersSent) {
      next(error);
      return;
    }
    response
      .status(problem.status)
      .set(problem.more.headers ?? {})
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, requestId)));
  };
}
