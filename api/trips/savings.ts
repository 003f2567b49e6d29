import { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { trips } from './desk.ts';

const SavingsBody = z
  .object({
    data: z.array(
      z.object({
        day: z.iso.date(),
        depot: z.string(),
        loads: z.int().meta({ description: 'Collected, or still to be.' }),
        collected: z.int(),
        carrierPrice: MoneyBody.meta({ description: 'What carriers would have taken for them.' }),
        cost: MoneyBody.meta({ description: 'What the trips cost more.' }),
        saving: MoneyBody,
      }),
    ),
  })
  .meta({ id: 'TripSavings' });

type Row = {
  day: string;
  depot: string;
  currency: string;
  loads: number;
  collected: number;
  price: bigint;
  cost: bigint;
};

export const getTripSavings = endpoint({
  method: 'get',
  path: `${trips.path}/savings`,
  id: 'getTripSavings',
  tag: trips.tag,
  summary: 'What it saved to collect on trips that ran anyway',
  description:
    'By day of departure (UTC), depot and currency. What was given up, declined or moved to another trip doesn’t count, nor what the way of a stop for it has cost all the same.',
  permission: 'network:read',
  query: z.strictObject({
    from: z.iso.date(),
    until: z.iso.date(),
    depot: LocalId.optional(),
  }),
  responses: { 200: { description: 'A row a day, depot and currency.', schema: SavingsBody } },
  handle: async ({ query: { from, until, depot } }, { db }) => {
    const rows = await db.$queryRaw<Row[]>`
      SELECT to_char(t.departs_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, t.depot, t.currency, count(*)::int AS loads,
        (count(*) FILTER (WHERE l.state <> 'planned'))::int AS collected,
        sum(l.carrier_price)::bigint AS price, sum(l.cost)::bigint AS cost
      FROM trip_loads l JOIN trips t USING (number)
      WHERE l.candidate IS NOT NULL AND l.state IN ('planned', 'aboard', 'delivered', 'brought_back')
        AND t.departs_at >= ${`${from}T00:00:00Z`}::timestamptz AND t.departs_at <= ${`${until}T23:59:59.999Z`}::timestamptz
        ${depot === undefined ? Prisma.empty : Prisma.sql`AND t.depot = ${depot}`}
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
    const data = rows.map(({ day, depot: at, currency, loads, collected, price, cost }) => ({
      ...{ day, depot: at, loads, collected },
      carrierPrice: moneyOut(Number(price), currency),
      cost: moneyOut(Number(cost), currency),
      saving: moneyOut(Number(price - cost), currency),
    }));
    return { status: 200, body: { data } };
  },
});
