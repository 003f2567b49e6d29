import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recallDrillScheduleId } from '../../workflows/recall-drill/messages.ts';
import { codeOf, type Row, recallsOf } from './recall-world.ts';
import { type Reply, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const { post, get, shipped, upload, scopeOf, draft, until } = recallsOf(() => world);
const drills = (method: string, path: string, body?: object): Promise<Reply> =>
  world.call(method, `/v1/recall-drills${path}`, body, { as: 'coordinator' });

async function schedule(more: Row = {}): Promise<string> {
  const reply = await drills('POST', '', { name: 'Each month', every: 'P4W', depth: 'retail', ...more });
  expect(reply.status, reply.text).toBe(201);
  return String(reply.body['schedule']);
}

/** Has one take place, and waits until it has its end. */
async function fired(id: string, count = 1): Promise<Row> {
  expect((await drills('POST', `/${id}/fire`)).status).toBe(200);
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const data = (await drills('GET', `/${id}/drills`)).body['data'] as readonly Row[];
    const [newest] = data;
    if (data.length === count && newest !== undefined && newest['state'] !== 'running') return newest;
    await sleep(50);
  }
  throw new Error((await drills('GET', `/${id}/drills`)).text);
}

const mailTo = async (address: string) => {
  const response = await fetch(`${world.sandboxUrl}/_sandbox/mail?to=${encodeURIComponent(address)}`);
  const { received } = (await response.json()) as { received: { subject: string }[] };
  return received.map(({ subject }) => subject);
};

test('a drill of a schedule ends by itself, is scored by facility, and writes to those alone who are to hear of it', async () => {
  await shipped('DRILLED', 'L1', ['D-S1', 'D-S2']);
  // A store without an address, units whose lot nobody knows, and more that left than ever came in.
  await upload('/v1/consignees/import', [{ consignee: 'D-S3', kind: 'store', name: 'Store 3', country: 'DE' }]);
  const sent = { reference: 'DN-D', consignee: 'D-S3', sku: 'DRILLED', shippedAt: '2026-02-01' };
  await upload('/v1/lot-shipments/import', [
    { ...sent, line: '1', facility: 'RC1', lot: 'L1', quantity: 9 },
    { ...sent, line: '2', facility: 'RC1', quantity: 4 },
  ]);
  const id = await schedule({ goods: { sku: 'DRILLED', lot: 'L1' }, tell: ['lead@shop.example'] });
  const drill = await fired(id);
  const gaps = { withoutOrigin: 0, withoutAddress: 9, stockWithoutLot: 0 };
  const known = { facility: 'RC1', units: 13, sound: 4, gaps: { ...gaps, shippedWithoutLot: 0, notAddingUp: 6 } };
  const unknown = { facility: null, units: 0, sound: 0, gaps: { shippedWithoutLot: 4 }, share: 0 };
  expect(drill).toMatchObject({
    state: 'scored',
    overdue: false,
    goods: { sku: 'DRILLED', lot: 'L1' },
    score: {
      traceMilliseconds: expect.any(Number),
      stopMilliseconds: expect.any(Number),
      notifyMilliseconds: expect.any(Number),
      // 4 of 13 + 4 + 6.
      total: { units: 13, sound: 4, gaps: { ...gaps, shippedWithoutLot: 4, notAddingUp: 6 }, share: 1739 },
      byFacility: [known, unknown],
    },
  });
  const number = String(drill['recall']);
  const recall = await until(number, ({ status }) => status === 'closed');
  expect(recall).toMatchObject({ mock: true, outcome: 'terminated', needsPerson: [] });
  expect(await mailTo('d-s1@stores.example')).toEqual([]);
  const subject = `Recall drill ${number}: 17.39 % without a gap (Each month)`;
  await expect.poll(() => mailTo('lead@shop.example'), { timeout: 10_000 }).toEqual([subject]);

  expect((await get(`/${number}/score`)).body).toEqual(drill['score']);
  const csv = await get(`/${number}/score?format=csv`);
  expect(csv.text.split('\r\n')[1]).toMatch(/^RC1,13,4,0,9,0,0,6,2105,\d+,\d+,\d+,,,,$/);
  const pdf = await get(`/${number}/score?format=pdf`);
  expect(pdf.text.slice(0, 5)).toBe('%PDF-');

  expect(Date.parse(String((await drills('GET', `/${id}`)).body['nextAt']))).toBeGreaterThan(Date.now());
  expect((await drills('POST', `/${id}/pause`)).body).toMatchObject({ paused: true });
  expect((await drills('GET', `/${id}`)).body).toMatchObject({ paused: true, nextAt: null });
  expect((await drills('POST', `/${id}/resume`)).body).toMatchObject({ paused: false, tell: ['lead@shop.example'] });
  expect((await drills('DELETE', `/${id}`)).status).toBe(204);
  expect(codeOf(await drills('GET', `/${id}`))).toEqual([404, 'drill_schedule_not_found', undefined]);
  expect((await drills('GET', '')).body['data']).toEqual([]);
  expect((await drills('GET', `/${id}/drills`)).body['data']).toHaveLength(1);
});

test('a drill waits for facilities that are to confirm, and scores how soon each did', async () => {
  await shipped('SOUGHT', 'L1', ['C-S1']);
  const id = await schedule({ goods: { sku: 'SOUGHT', lot: 'L1' }, confirmWithin: 'P1D' });
  expect((await drills('GET', `/${id}`)).body).toMatchObject({ confirmWithin: 'P1D' });
  const done = fired(id);
  const recall = async () =>
    ((await drills('GET', `/${id}/drills`)).body['data'] as readonly Row[])[0]?.['recall'] ?? null;
  await expect.poll(recall, { timeout: 10_000 }).not.toBeNull();
  const number = String(await recall());
  await until(number, ({ status, confirmations }) => status === 'notified' && (confirmations as Row)['asked'] === 1);
  expect((await drills('GET', `/${id}/drills`)).body['data']).toMatchObject([{ state: 'running' }]);
  const counts = [{ sku: 'SOUGHT', lot: 'L1', found: 2, location: 'CAGE-1' }];
  expect((await post(`/${number}/facilities/RC1/confirmations`, { counts })).status).toBe(200);
  const { score } = await done;
  const confirmation = { state: 'confirmed', milliseconds: expect.any(Number), onBooks: 3, found: 2, differs: true };
  expect(score).toMatchObject({
    confirmMilliseconds: expect.any(Number),
    byFacility: [{ facility: 'RC1', confirmation }],
  });
  expect((await get(`/${number}/score`)).body).toEqual(score);
  const csv = await get(`/${number}/score?format=csv`);
  expect(csv.text.split('\r\n')[1]).toMatch(/^RC1,5,.*,confirmed,\d+,3,2$/);
  expect((await get(`/${number}/score?format=pdf`)).text.slice(0, 5)).toBe('%PDF-');
});

test('a schedule that Temporal has lost is made anew once somebody lets it go on', async () => {
  const id = await schedule({ name: 'Lost' });
  const connection = await Connection.connect({ address: world.config.temporal.address });
  const { schedule: clocks } = new Client({ connection, namespace: world.config.temporal.namespace });
  await clocks.getHandle(recallDrillScheduleId(id)).delete();
  await connection.close();
  const nextAt = async () => (await drills('GET', `/${id}`)).body['nextAt'];
  await expect.poll(nextAt).toBeNull();
  expect((await drills('POST', `/${id}/resume`)).status).toBe(200);
  await expect.poll(nextAt).not.toBeNull();
});

test('the lot of a drill is drawn so that anybody can draw it again, of those that were shipped within the year', async () => {
  await shipped('DRAWN', 'L1', ['W-S1']);
  await shipped('DRAWN', 'L2', ['W-S1']);
  await upload('/v1/lot-shipments/import', [
    {
      reference: 'OLD',
      line: '1',
      consignee: 'W-S1',
      facility: 'RC1',
      sku: 'OLD',
      lot: 'L0',
      quantity: 1,
      shippedAt: '2019-02-01',
    },
  ]);
  const id = await schedule();
  const seen: unknown[] = [];
  for (let count = 1; count <= 3; count += 1) {
    const { run, goods } = await fired(id, count);
    const lots = await world.db.lot.findMany({ where: { sku: { not: 'OLD' } }, select: { sku: true, lot: true } });
    const place = ({ sku, lot }: { sku: string; lot: string }) =>
      createHash('sha256')
        .update(`${String(run)}\n${sku}\n${lot}`)
        .digest('hex');
    expect(goods).toEqual(lots.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))[0]);
    seen.push(run);
  }
  expect(new Set(seen).size).toBe(3);
});

test('no drill takes place while a recall is reaching its consignees', async () => {
  await shipped('REAL', 'L1', ['R-S1', 'R-S2', 'R-S3']);
  const id = await schedule({ goods: { sku: 'REAL', lot: 'L1' } });
  const number = await draft(scopeOf('REAL', 'L1'), { perMinute: 1 });
  expect((await post(`/${number}/launch`)).status).toBe(200);
  await until(number, ({ status }) => status === 'notifying');
  expect(await fired(id)).toMatchObject({
    state: 'skipped',
    skippedFor: 'recall_under_way',
    recall: null,
    score: null,
  });
  expect(codeOf(await get(`/${number}/score`))).toEqual([409, 'not_a_drill', undefined]);
  expect((await post(`/${number}/rate`, { perMinute: 60_000 })).status).toBe(200);
  await until(number, ({ status }) => status === 'notified');
  expect(await fired(id, 2)).toMatchObject({ state: 'scored', goods: { sku: 'REAL', lot: 'L1' } });
});

test('a schedule that can’t be right is refused with its field', async () => {
  const wrong = async (more: Row) => codeOf(await drills('POST', '', { name: 'Wrong', ...more }));
  expect(await wrong({})).toEqual([400, expect.any(String), 'every']);
  expect(await wrong({ every: 'P1D', cron: '0 9 1 * *' })).toEqual([400, expect.any(String), 'every']);
  expect(await wrong({ every: 'PT1M' })).toEqual([400, expect.any(String), 'every']);
  expect(await wrong({ cron: '61 9 1 * *' })).toEqual([422, 'cron_unknown', 'cron']);
  expect(await wrong({ every: 'P1D', timeZone: 'Mars/Base' })).toEqual([400, expect.any(String), 'timeZone']);
  expect(await wrong({ every: 'P1D', goods: { sku: 'NONE', lot: 'L' } })).toEqual([422, 'lot_unknown', 'goods.lot']);
  expect(await world.db.recallDrillSchedule.count({ where: { name: 'Wrong' } })).toBe(0);
  const asOps = await world.call('POST', '/v1/recall-drills', { name: 'X', every: 'P1D' }, { as: 'ops' });
  expect(asOps.status).toBe(403);
});
