import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRecallNumber } from '../../domain/recall/number.ts';
import { type Account, fatesOf, type StatusReport } from '../../domain/recall/report.ts';
import { codeOf, type Row, recallsOf } from './recall-world.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const { post, get, shipped, scopeOf, launched, until } = recallsOf(() => world);

async function notified(sku: string, more: Row = {}): Promise<string> {
  await shipped(sku, 'L1', [`${sku}-S1`, `${sku}-S2`, `${sku}-S3`]);
  const number = await launched(scopeOf(sku, 'L1'), more);
  await until(number, ({ timeline }) => JSON.stringify(timeline).includes('effectiveness check(s)'));
  return number;
}

/** A consignee says what became of its two units. */
async function answers(number: string, sku: string, store: string, said: Row): Promise<void> {
  const path = `/${number}/consignees/${sku}-${store}/responses`;
  const reply = await post(path, { positions: [{ sku, lot: 'L1', ...said }] });
  expect(reply.status, reply.text).toBe(200);
}

const reportOf = async (number: string) => (await get(`/${number}/report`)).body as unknown as StatusReport;
const addsUp = ({ affected, claimed, unaccounted }: Account) =>
  fatesOf(claimed).reduce((sum, units) => sum + units, unaccounted) === affected;

async function fileOf(number: string, format: 'pdf' | 'csv'): Promise<Buffer> {
  const response = await fetch(`${world.url}/v1/recalls/${number}/report?format=${format}`, {
    headers: { authorization: `Bearer ${world.keys.viewer}` },
  });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

test('a status report has what an authority asks for, and its account adds up in every part', async () => {
  const number = await notified('REPORTED', { hazardClass: 'II' });
  await answers(number, 'REPORTED', 'S1', { held: 1, consumed: 1 });
  await answers(number, 'REPORTED', 'S2', { returned: 1, soldOn: 1 });
  const finding = { method: 'phone', outcome: 'effective', checkedAt: '2026-03-02T09:00:00Z' };
  expect((await post(`/${number}/checks/1/outcomes`, finding)).status).toBe(200);
  expect((await post(`/${number}/estimate`, { completesOn: '2026-05-01' })).status).toBe(200);
  const report = await reportOf(number);
  expect(report).toMatchObject({
    recall: { number, hazardClass: 'II', product: 'Kettle', status: 'notified' },
    consignees: { total: 3, notified: 3, undeliverable: 0, responded: 2, notResponded: 1 },
    notified: [{ channel: 'email', consignees: 3 }],
    onHand: 2,
    account: {
      ...{ affected: 9, unaccounted: 2, possible: 0 },
      claimed: { held: 4, returned: 1, destroyed: 0, corrected: 0, consumed: 1, soldOn: 1 },
      verified: { held: 0, returned: 0 },
    },
    byLot: { rows: [{ sku: 'REPORTED', lot: 'L1', affected: 9 }], more: 0 },
    byFacility: { rows: [{ facility: 'RC1', affected: 3, unaccounted: 0 }], more: 0 },
    checks: { level: 'A', consignees: 3, chosen: 3, made: 1, followUp: 0, outcomes: { effective: 1, no_action: 0 } },
    estimate: { completesOn: '2026-05-01' },
  });
  const parts = [report.account, ...report.byLot.rows, ...report.byFacility.rows];
  expect(parts.filter((part) => !addsUp(part))).toEqual([]);
  expect(report.estimate.lastWordBy).not.toBeNull();

  const csv = (await fileOf(number, 'csv')).toString('utf8').trim().split('\r\n');
  const [header = [], ...rows] = csv.map((line) => line.split(','));
  const column = (name: string) => rows.map((cells) => cells[header.indexOf(name)] ?? '');
  expect(column('consignee')).toEqual(['REPORTED-S1', 'REPORTED-S2', 'REPORTED-S3', '']);
  expect(column('respondedAt').map((at) => at !== '')).toEqual([true, true, false, false]);
  expect(column('facility')).toEqual(['', '', '', 'RC1']);
  for (const name of ['affected', 'unaccounted'] as const) {
    expect(column(name).reduce((sum, units) => sum + Number(units), 0)).toBe(report.account[name]);
  }
});

test('the final report stays as it was when the recall was completed, whatever is learnt later', async () => {
  const number = await notified('FINAL', { hazardClass: 'III' });
  await answers(number, 'FINAL', 'S1', { held: 2 });
  expect(codeOf(await get(`/${number}/report?of=final`))).toEqual([404, 'report_not_final', undefined]);
  expect((await reportOf(number)).completion).toBeUndefined();
  expect(codeOf(await post(`/${number}/complete`))).toEqual([422, 'still_open', 'note']);
  expect((await post(`/${number}/complete`, { note: 'The other two have closed.' })).status).toBe(200);
  expect((await post(`/${number}/terminate`)).status).toBe(200);
  const { timeline } = await until(number, (recall) =>
    JSON.stringify(recall['timeline']).includes('dates of both ends'),
  );
  expect(JSON.stringify(timeline)).toContain(
    'with 3 effectiveness check(s) still open and 4 unit(s) that nobody accounted for',
  );
  const first = await get(`/${number}/report`);
  expect(first.body).toMatchObject({
    account: { affected: 9, unaccounted: 4 },
    recall: { completedAt: first.body['at'], status: 'closed', outcome: 'terminated', closedAt: expect.any(String) },
    completion: { checks: 3, units: 4, facilities: 1, note: true },
  });
  const pdf = await fileOf(number, 'pdf');
  expect(textOf(pdf)).toContain(`Final report: recall ${number}`);
  expect(textOf(pdf)).toContain('Terminated by the authority');
  expect(textOf(pdf)).toContain('3 effectiveness checks, 4 units unaccounted for, 1 facilities');
  expect(textOf(pdf)).toContain('Stopped goods found and set aside');
  const known = createHash('sha256').update(first.text).digest('hex');
  expect(first.headers.get('etag')).toBe(`"${known}"`);
  // What was kept at the completion says nothing of what came after it, and has the same figures.
  const completed = (await get(`/${number}/report?of=completed`)).body as unknown as StatusReport;
  expect(completed.recall).toMatchObject({ status: 'completed', outcome: null, closedAt: null });
  const { recall: _, ...figures } = completed;
  expect(first.body).toMatchObject(figures);
  await world.db.recallPosition.updateMany({
    where: { recall: number, consignee: 'FINAL-S2' },
    data: { saidConsumed: 2 },
  });
  expect((await get(`/${number}/report`)).text).toBe(first.text);
  expect((await fileOf(number, 'pdf')).equals(pdf)).toBe(true);
  expect((await get(`/${number}/report?of=now`)).body).toMatchObject({ account: { unaccounted: 2 } });
});

/** The letters that a PDF shows, without where they stand. */
function textOf(pdf: Buffer): string {
  const streams = [...pdf.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)];
  const shown = streams.map(([, stream = '']) => {
    try {
      return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  const strings = [...shown.join('\n').matchAll(/\[((?:<[0-9a-f]*>|[-\d.\s])*)\]\s*TJ/g)];
  return strings
    .map(([, parts = '']) =>
      Buffer.from((parts.match(/<[0-9a-f]*>/g) ?? []).join('').replace(/[<>]/g, ''), 'hex').toString('latin1'),
    )
    .join('\n');
}

test('the report as a PDF is that of a drill at first sight, and says what the figures are of', async () => {
  const number = await notified('DRILLED', { mock: true });
  const pdf = await fileOf(number, 'pdf');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const text = textOf(pdf);
  expect(text).toContain(`Status report: recall ${number}`);
  expect(text.match(/DRILL: NO NOTICE WAS SENT/g)?.length).toBeGreaterThan(1);
  expect(text).toContain('3 of 3 consignees');
  expect(text).toMatch(/page 1 of \d/);
  expect((await get(`/${makeRecallNumber(new Uint8Array(8))}/report`)).status).toBe(404);
  expect(codeOf(await get(`/${number}/report?format=docx`))).toEqual([400, expect.any(String), 'format']);
});
