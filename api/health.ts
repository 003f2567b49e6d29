import { Router } from 'express';
import { z } from 'zod';
import type { Api } from './api.ts';

const READY_WITHIN_MS = 2_500;

export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
export const Readiness = z
  .object({
    status: z.enum(['ok', 'unavailable']),
    checks: z.object({ database: z.enum(['ok', 'unavailable']), temporal: z.enum(['ok', 'unavailable']) }),
  })
  .meta({ id: 'Readiness' });

/** `/healthz`: this process lives. `/readyz`: it can serve, as database and Temporal answer. Both without a key. */
export function healthRoutes(api: Api): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' } satisfies z.infer<typeof Health>);
  });
  let checking: Promise<['ok' | 'unavailable', 'ok' | 'unavailable']> | undefined;
  router.get('/readyz', async (_request, response) => {
    // Whoever asks meanwhile shares the answer: it needs no key, and must not cost those who have one their connections.
    checking ??= Promise.all([
      answers(async () => await api.db.$queryRaw`select 1`),
      answers(async () => await api.processes.ping()),
    ]).finally(() => {
      checking = undefined;
    });
    const [database, temporal] = await checking;
    const status = database === 'ok' && temporal === 'ok' ? 'ok' : 'unavailable';
    const body: z.infer<typeof Readiness> = { status, checks: { database, temporal } };
    response.status(status === 'ok' ? 200 : 503).json(body);
  });
  return router;
}

async function answers(check: () => Promise<unknown>): Promise<'ok' | 'unavailable'> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), READY_WITHIN_MS);
  try {
    await Promise.race([check(), late.promise]);
    return 'ok';
  } catch {
    return 'unavailable';
  } finally {
    clearTimeout(timer);
  }
}
