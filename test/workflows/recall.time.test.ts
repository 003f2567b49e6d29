import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { startApi } from '../../api/server.ts';
import { aRecall, lotsOf, mailOf, noticesOf, ship, shipped, untilNotices as untilNoticesIn } from './recalls.ts';
import { skippingTime } from './servers.ts';
import { aWorld } from './world.ts';

const linkDays = 4;
const world = aWorld({ server: skippingTime, env: { API_PORT: '0', NOTICES_LINK_DAYS: String(linkDays) } });
const { mailTo } = mailOf(world);

const schedules = {
  I: { reminders: ['P1D', 'P2D'], escalation: 'P3D' },
  II: { reminders: ['P3D'], escalation: 'P14D' },
  III: { reminders: [], escalation: 'P30D' },
  unclassified: { reminders: ['P2D', 'P5D'], escalation: 'P7D' },
} as const;

const untilNotices = (number: string, wanted: Readonly<Record<string, number>>) =>
  untilNoticesIn(world().pool, number, wanted);

test('who doesn’t answer is reminded at the times of the class, and then left to a person', async () => {
  const { pool, skip } = world();
  await shipped(pool, 'L-SILENT', ['store', 'store', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-SILENT'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  await skip('47h');
  await untilNotices(its.number, { 'initial sent': 3 });
  await skip('2h');
  await untilNotices(its.number, { 'initial sent': 3, 'reminder sent': 3 });
  // Of class I the second reminder was due two days after the first notice: that is now.
  await its.tell({ type: 'set_class', hazardClass: 'I' });
  await untilNotices(its.number, { 'initial sent': 3, 'reminder sent': 6 });
  await skip('24h');
  await untilNotices(its.number, { 'escalation sent': 3, 'initial sent': 3, 'reminder sent': 6 });
  const now = await its.until(({ waves }) => waves.ended === 1);
  expect(Object.values(now.attention).map(({ reason, subject }) => `${reason} ${subject}`)).toEqual([
    'consignees_silent W1',
  ]);
  const { rows } = await pool.query('SELECT DISTINCT state FROM recall_consignees WHERE recall = $1', [its.number]);
  expect(rows).toEqual([{ state: 'silent' }]);
  await its.end();
});

test('nobody is reminded while it is paused, nor once it is completed', async () => {
  const { pool, skip } = world();
  await shipped(pool, 'L-CALM', ['store', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-CALM'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  await its.tell({ type: 'pause' });
  await skip('49h');
  await untilNotices(its.number, { 'initial sent': 2 });
  await its.tell({ type: 'resume' });
  await untilNotices(its.number, { 'initial sent': 2, 'reminder sent': 2 });
  await its.tell({ type: 'complete' });
  await its.until(({ waves }) => waves.ended === 1);
  await skip('10d');
  await untilNotices(its.number, { 'initial sent': 2, 'reminder sent': 2 });
  await its.tell({ type: 'terminate' });
  await its.handle.result();
});

test('a mailbox that is busy is tried again', async () => {
  const { pool, skip } = world();
  await shipped(pool, 'L-BUSY', ['busy', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-BUSY'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await untilNotices(its.number, { 'initial failed': 1, 'initial sent': 1 });
  expect((await its.state()).status).toBe('notifying');
  await skip('16m');
  await its.until(({ status }) => status === 'notified');
  expect(await noticesOf(pool, its.number)).toEqual({ 'initial sent': 2 });
  await its.end();
});

test('a wider scope begins anew for who has more of it now, and leaves the others their reminders', async () => {
  const { pool, skip } = world();
  await shipped(pool, 'L-GROWS-1', ['store', 'store', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-GROWS-1'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  await skip('49h');
  await untilNotices(its.number, { 'initial sent': 3, 'reminder sent': 3 });
  await shipped(pool, 'L-GROWS-2', ['store']);
  await ship(pool, 'KETTLE', 'L-GROWS-2', [{ id: 'S-L-GROWS-1-00001', address: '', language: 'en' }]);
  await its.widen(2, lotsOf('KETTLE', 'L-GROWS-1', 'L-GROWS-2'));
  await its.tell({ type: 'widen', scopeVersion: 2 });
  await its.until(({ status, plannedVersion }) => status === 'notified' && plannedVersion === 2);
  const told = { 'amended sent': 1, 'initial sent': 4 };
  await untilNotices(its.number, { ...told, 'reminder sent': 3 });
  await skip('47h');
  await untilNotices(its.number, { ...told, 'reminder sent': 3 });
  // Two days after they heard of the wider scope; five days after the others' first notice.
  await skip('2h');
  await untilNotices(its.number, { ...told, 'reminder sent': 5 });
  await skip('24h');
  await untilNotices(its.number, { ...told, 'reminder sent': 7 });
  await its.end();
});

test('whoever was written to and reminded hears that it was an error, and then nothing is due any more', async () => {
  const { pool, skip } = world();
  await shipped(pool, 'L-ERROR', ['store', 'unknown', 'store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-ERROR'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  await skip('49h');
  const told = { 'initial bounced': 1, 'initial sent': 2, 'reminder sent': 2 };
  await untilNotices(its.number, told);
  await its.tell({ type: 'withdraw', note: 'N' });
  await its.handle.result();
  await untilNotices(its.number, { ...told, 'withdrawn sent': 2 });
  await its.waveResult(1);
  await skip('10d');
  expect(await noticesOf(pool, its.number)).toEqual({ ...told, 'withdrawn sent': 2 });
  await its.seeWaves();
});

test('the link of a notice works for so many days from when that left, and not once its recall is terminated', async () => {
  const { pool, skip, config } = world();
  const [address = ''] = await shipped(pool, 'L-LINKS', ['store']);
  const its = await aRecall(world(), lotsOf('KETTLE', 'L-LINKS'), { strategy: { schedules } });
  await its.tell({ type: 'launch' });
  await its.until(({ status }) => status === 'notified');
  const api = await startApi(config, { log: pino({ level: 'error' }) });
  const linkNow = async () => {
    const { letter } = await mailTo(address);
    const [path = ''] = /\/respond\/[\w.-]+/.exec((letter ?? '').replace(/=\r?\n/g, '')) ?? [];
    return api.url + path;
  };
  /** What the page answers to who opens it by the server's clock. */
  const opened = async (link: string) => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(await world().now());
    try {
      const response = await fetch(link);
      return [response.status, /This link has expired|This recall is closed/.exec(await response.text())?.[0]];
    } finally {
      clock.mockRestore();
    }
  };
  try {
    const first = await linkNow();
    expect(await opened(first)).toEqual([200, undefined]);
    await skip('49h');
    await untilNotices(its.number, { 'initial sent': 1, 'reminder sent': 1 });
    const second = await linkNow();
    await skip('46h');
    expect(await opened(first)).toEqual([200, undefined]);
    await skip('2h');
    expect([await opened(first), await opened(second)]).toEqual([
      [410, 'This link has expired'],
      [200, undefined],
    ]);
    await its.end();
    expect(await opened(second)).toEqual([410, 'This recall is closed']);
  } finally {
    await api.close();
  }
});
