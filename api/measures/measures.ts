import pg from 'pg';
import { z } from 'zod';
import { reasonFaults } from '../../domain/reasons.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { MeasuresBody } from './bodies.ts';
import { type Dimension, dimensions } from './dimensions.ts';
import { groupsOf, type Measured } from './shape.ts';
import { statementOf } from './statement.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const LONGEST_DAYS = 366;

const instant = z.iso.datetime({ offset: true }).or(z.iso.date());

const Query = z.strictObject({
  from: instant
    .optional()
    .meta({ description: 'Counted from here; 30 days before `to` unless told. A date is its midnight in UTC.' }),
  to: instant.optional().meta({ description: 'Counted until before this; now unless told.' }),
  groupBy: z
    .enum(dimensions)
    .default('none')
    .meta({ description: 'A return is in every group that it has a line in; goods are in one.' }),
  limit: z.coerce
    .number('use a whole number from 1 to 1000')
    .int('use a whole number from 1 to 1000')
    .min(1, 'use a whole number from 1 to 1000')
    .max(1000, 'use a whole number from 1 to 1000')
    .default(100),
});

export const getMeasures = endpoint({
  method: 'get',
  path: '/v1/measures',
  id: 'getMeasures',
  tag: 'Measures',
  summary: 'How returns went in a period',
  description:
    'Counted from the journal: returns rate, resell, repair cost, recycling diversion, replacement frequency, recovery, ' +
    'claims, costs, waived fees, agreement of inspections, time by stage and root causes. At most 366 days.',
  permission: 'measures:read',
  query: Query,
  responses: { 200: { description: 'The measures.', schema: MeasuresBody } },
  handle: async ({ query: { from, to, groupBy, limit } }, api) => {
    const period = periodOf(from, to);
    const { measured, causes } = await measure(api.pool, period, groupBy);
    const groups = groupsOf(measured);
    return {
      status: 200,
      body: {
        from: period.from.toISOString(),
        to: period.to.toISOString(),
        groupBy,
        truncated: groups.length > limit,
        groups: groups.slice(0, limit),
        rootCauses: causes,
      },
    };
  },
});

type Period = { readonly from: Date; readonly to: Date };
type Figures = { readonly measured: readonly Measured[]; readonly causes: z.infer<typeof MeasuresBody>['rootCauses'] };

/**
 * All figures of a period as they are now.
 * @throws {Problem} 400 where the period holds more than can be counted in half a minute
 */
export async function measure(pool: Api['pool'], { from, to }: Period, by: Dimension): Promise<Figures> {
  const asked = { text: statementOf(by), values: [from, to, JSON.stringify(reasonFaults)] };
  return await withClient(pool, async (client) => {
    await client.query(`BEGIN READ ONLY; ${SETTINGS}`);
    try {
      // Longer than the pool's other statements may take; the types of the driver don't know the setting.
      const statement = { ...asked, query_timeout: TIMEOUT_MS + 1_000 };
      const { rows } = await client.query<Figures>(statement);
      const [figures] = rows;
      if (figures === undefined) throw new Error('the measures gave no row');
      return figures;
    } catch (error) {
      throw error instanceof pg.DatabaseError && error.code === STATEMENT_TIMED_OUT ? tooLong() : error;
    } finally {
      await client.query('ROLLBACK');
    }
  });
}

const TIMEOUT_MS = 30_000;
const STATEMENT_TIMED_OUT = '57014';

/**
 * What a statement makes on its way has no statistics, and a nested loop over two such lists, which looks cheap, takes
 * hours where they are long. Tables are joined by LATERAL, which goes by index whatever is set here. The rest is as
 * servers have it, whatever the pool is for (the journal's own plans otherwise).
 */
export const SETTINGS = [
  'enable_nestloop = off',
  'enable_hashjoin = on',
  'enable_mergejoin = on',
  'enable_seqscan = on',
  'jit = off',
  `work_mem = '64MB'`,
  `statement_timeout = ${TIMEOUT_MS}`,
]
  .map((setting) => `SET LOCAL ${setting}`)
  .join('; ');

function periodOf(fromText: string | undefined, toText: string | undefined): Period {
  const to = toText === undefined ? new Date() : new Date(toText);
  const from = fromText === undefined ? new Date(to.getTime() - USUAL_DAYS * DAY_MS) : new Date(fromText);
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days <= 0)
    throw new Problem(400, 'period_invalid', 'the period ends before it begins; mend from or to', { field: 'from' });
  if (days > LONGEST_DAYS) throw tooLong();
  return { from, to };
}

const tooLong = () =>
  new Problem(
    400,
    'period_too_long',
    `a period has at most ${LONGEST_DAYS} days, and what can be counted in ${TIMEOUT_MS / 1000} seconds; ask for a part of it`,
    { field: 'from' },
  );
