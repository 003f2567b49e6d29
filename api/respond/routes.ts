import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { type ResponseLink, readLink } from '../../activities/notices/link.ts';
import type { Api } from '../api.ts';
import { problemOf } from '../faults.ts';
import { limitGuesses, limitRate } from '../rate-limits.ts';
import { requestIdOf } from '../requests.ts';
import { faultPage, NoForm } from './fault-page.ts';
import { askedBy, languageOf } from './find.ts';
import { pageHeaders } from './html.ts';
import { firstPage } from './page.ts';
import { receive } from './receive.ts';

/** Of one link: more than anybody needs who fills in a form. */
const A_MINUTE = 30;

/**
 * Where consignees of a recall respond, by the link in their notice and without an account. Looking changes nothing, as mail
 * scanners look at links too.
 */
export function respondRoutes(api: Api): Router {
  const router = Router();
  const links = new WeakMap<Request, ResponseLink>();
  const guesses = limitGuesses();
  const check: RequestHandler = async (request, response, next) => {
    response.set(pageHeaders);
    const link = readLink(api.linkKeys, String(request.params['token']));
    if (link !== null) {
      links.set(request, link);
      next();
      return;
    }
    await guesses(request, response, (limited) => next(limited ?? new NoForm(404, 'unknown')));
  };
  const limit = limitRate(A_MINUTE, (request) => {
    const link = links.get(request);
    return link === undefined ? undefined : JSON.stringify([link.recall, link.consignee]);
  });
  const withLink =
    (work: (link: ResponseLink, request: Request, response: Response) => Promise<void>): RequestHandler =>
    async (request, response) => {
      const link = links.get(request);
      if (link === undefined) throw new Error('a page was reached without its link');
      await work(link, request, response);
    };
  router.get(
    '/respond/:token',
    check,
    limit,
    withLink(async (link, _request, response) => {
      response.type('html').send(firstPage(link, await askedBy(api, link)));
    }),
  );
  router.post(
    '/respond/:token',
    check,
    limit,
    withLink(async (link, request, response) => {
      const page = await receive(api, link, request);
      // Who loads the page again sends nothing again.
      if (page === null) response.redirect(303, request.path);
      else response.status(page.status).type('html').send(page.text);
    }),
  );
  router.use('/respond', answerWithPage(api));
  return router;
}

/** What goes wrong here is read by people who know nothing of us: a page instead of a problem. */
function answerWithPage(api: Api): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const fault = error instanceof NoForm ? error : noFormFor(api, error, requestIdOf(request));
    const language = fault.known?.language ?? languageOf(request.get('accept-language'));
    response
      .status(fault.status)
      .set(pageHeaders)
      .type('html')
      .send(faultPage(fault.fault, language, fault.known?.contact ?? null));
  };
}

function noFormFor(api: Api, error: unknown, requestId: string): NoForm {
  const problem = problemOf(error);
  if (problem.status === 429) return new NoForm(429, 'too_often');
  if (problem.status >= 500) api.log.error({ requestId, err: error }, problem.code);
  return problem.status >= 500 ? new NoForm(problem.status, 'trouble') : new NoForm(problem.status, 'unreadable');
}
