import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem } from './problem.ts';

/** So many requests a minute by whoever `keyOf` names. */
export function limitRate(perMinute: number, keyOf: (request: Request) => string | undefined): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => keyOf(request) ?? ipKeyGenerator(request.ip ?? ''),
    handler: (_request, _response, next) => next(tooMany(`this key may send ${perMinute} requests a minute`)),
  });
}

/**
 * For requests whose authentication failed: somebody tries keys, or a client is misconfigured and hammers. It comes after
 * the look at the key, so that nobody shuts out those with a good key who share the address, as all do behind a proxy.
 */
export function limitGuesses(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: 100,
    standardHeaders: false,
    legacyHeaders: false,
    handler: (_request, _response, next) => next(tooMany('too many requests without a valid key')),
  });
}

function tooMany(why: string): Problem {
  return new Problem(429, 'rate_limited', `${why}; wait a minute and try again`, { headers: { 'retry-after': '60' } });
}
