import { expect, test } from 'vitest';
import { tellDrill } from '../../activities/recalls/drills/tell.ts';
import { drillTotal } from '../../domain/recall/drill.ts';
import { aJournal } from './world.ts';

test('who can be told of a drill hears of it once, whoever else can’t be for now', async () => {
  const { pool } = await aJournal(1);
  const times = { traceMilliseconds: 1, stopMilliseconds: 1, notifyMilliseconds: 1 };
  const score = { ...times, total: drillTotal([]), byFacility: [] };
  await pool.query(
    `INSERT INTO recall_drill_schedules (id, name, every, time_zone, depth, tell, created_by)
      VALUES ('DS', 'Each month', 'P4W', 'UTC', 'retail', '{full@shop.example,lead@shop.example}', 'key')`,
  );
  await pool.query(
    `INSERT INTO recall_drills (run, schedule, state, recall, sku, lot, score, fired_at, ended_at)
      VALUES ('RUN', 'DS', 'scored', 'RC', 'S', 'L1', $1, now(), now())`,
    [JSON.stringify(score)],
  );
  const sent: string[] = [];
  let isFull = true;
  const channel = {
    send: async ({ to }: { readonly to: string }) => {
      if (isFull && to === 'full@shop.example') return { state: 'failed', code: '452' } as const;
      sent.push(to);
      return { state: 'sent' } as const;
    },
    close: () => undefined,
  };
  await expect(tellDrill(pool, channel, { run: 'RUN' })).rejects.toThrow('452');
  await expect(tellDrill(pool, channel, { run: 'RUN' })).rejects.toThrow('452');
  expect(sent).toEqual(['lead@shop.example']);
  isFull = false;
  await tellDrill(pool, channel, { run: 'RUN' });
  await tellDrill(pool, channel, { run: 'RUN' });
  expect(sent).toEqual(['lead@shop.example', 'full@shop.example']);
});
