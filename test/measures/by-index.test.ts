import { expect, test } from 'vitest';
import { SETTINGS } from '../../api/measures/measures.ts';
import { statementOf } from '../../api/measures/statement.ts';
import { reasonFaults } from '../../domain/reasons.ts';
import { liveToTheEnd } from '../journal/life.ts';
import { aRequest, DrivenReturn } from '../journal/process.ts';
import { aSale } from '../journal/sale.ts';
import { aJournal } from '../journal/world.ts';

const RETURNS = 3000;

test('a week of a long year reads its own returns and no others', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool);
  const one = new DrivenReturn(journal, 'R-0');
  await one.request(aRequest('O-1', 1));
  await liveToTheEnd(one);
  // The same life again and again, spread over a year.
  const each = `generate_series(1, ${RETURNS}) AS g`;
  const at = `'2026-01-01'::timestamptz + make_interval(mins => g * 525600 / ${RETURNS})`;
  for (const statement of [
    `INSERT INTO orders (id, channel, currency, country, placed_at) SELECT 'X-'||g, 'web', 'EUR', 'DE', ${at} FROM ${each}`,
    `INSERT INTO order_lines (id, order_id, number, sku, title, category, quantity, price)
     SELECT 'X-'||g||':1', 'X-'||g, 1, 'MUG-1', 'A mug', 'kitchen', 3, 3000 FROM ${each}`,
    `INSERT INTO returns (rma, program, order_id, currency, facility, method, instrument, goods, money, quoted, settled,
       requested_at, policy, policy_version, version)
     SELECT 'X-'||g, program, 'X-'||g, currency, facility, method, instrument, goods, money, quoted, settled, ${at}, policy,
       policy_version, version FROM returns, ${each} WHERE rma = 'R-0'`,
    `INSERT INTO journal (process, version, command_id, at, by, command, events)
     SELECT 'return:X-'||g, version, command_id, ${at}, by, command, replace(events::text, 'O-1', 'X-'||g)::jsonb
     FROM journal, ${each} WHERE process = 'return:R-0'`,
    `INSERT INTO money_entries (process, entry, version, debit, credit, amount, currency, subject)
     SELECT 'return:X-'||g, entry, version, debit, credit, amount, currency, subject
     FROM money_entries, ${each} WHERE process = 'return:R-0'`,
    'ANALYZE',
  ]) {
    await pool.query(statement);
  }
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; ${SETTINGS}`);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${statementOf('sku')}`, [
      '2026-06-01',
      '2026-06-08',
      JSON.stringify(reasonFaults),
    ]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('journal_requested');
    expect(plan).toContain('orders_placed_at_idx');
    expect(plan.match(/Seq Scan on \w+/g) ?? []).toEqual([]);
  } finally {
    client.release(true);
  }
});
