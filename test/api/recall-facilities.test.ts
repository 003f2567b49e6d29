import { afterAll, beforeAll, expect, test } from 'vitest';
import { smtpChannel } from '../../activities/notices/smtp.ts';
import { writeToFacilities } from '../../activities/recalls/confirmations/letters.ts';
import { passTime } from '../../activities/recalls/confirmations/overdue.ts';
import { codeOf, type Row, recallsOf } from './recall-world.ts';
import { type CallOptions, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const first = await world.db.facility.findUniqueOrThrow({ where: { id: 'RC1' } });
  await world.db.facility.create({ data: { ...first, id: 'RC2' } });
});
afterAll(async () => {
  await world.close();
});

const { post, get, shipped, scopeOf, notified, until, lettersTo } = recallsOf(() => world);
const asOps = { as: 'ops' } as const;

/** A recall of a lot of which RC1 has three units. */
async function recalled(sku: string, more: Row = {}): Promise<string> {
  await shipped(sku, 'L1', [`${sku}-S1`]);
  return await notified(scopeOf(sku, 'L1'), { effectiveness: 'E', ...more });
}

const confirm = (number: string, counts: readonly Row[], facility = 'RC1', as: CallOptions = asOps) =>
  post(`/${number}/facilities/${facility}/confirmations`, { counts }, as);
const counted = (sku: string, found: number, location: string | null = 'CAGE-1') => ({
  sku,
  lot: 'L1',
  found,
  location,
});
const at = async (number: string, facility = 'RC1') => (await get(`/${number}/facilities/${facility}`)).body;
const accountOf = async (number: string) => (await get(`/${number}/report?of=now`)).body['account'] as Row;
type Entry = { readonly id: string; readonly subject: string; readonly facility: string; readonly facts: Row };
/** What waits for a person about a recall's facilities. */
const queue = async (reason: string, number: string) =>
  ((await world.call('GET', `/v1/attention?reason=${reason}&limit=200`)).body['data'] as Entry[]).filter(
    ({ facts }) => facts['recall'] === number,
  );

test('a facility confirms what is stopped there, and only then it counts as seen', async () => {
  const number = await recalled('CONFIRMED', { hazardClass: 'I' });
  const { askedAt, dueAt, ...asked } = await at(number);
  expect(asked).toMatchObject({ state: 'asked', scopeVersion: 1, onBooks: 3, found: null, differs: false });
  expect(Date.parse(String(dueAt)) - Date.parse(String(askedAt))).toBe(86_400_000);
  expect(await accountOf(number)).toMatchObject({ claimed: { held: 3 }, verified: { held: 0 }, affected: 5 });
  expect((await get(`/${number}`)).body['confirmations']).toEqual({
    ...{ asked: 1, confirmed: 0, late: 0, unasked: 0, differing: 0 },
  });

  expect((await confirm(number, [counted('CONFIRMED', 3)], 'RC1', { as: 'viewer' })).status).toBe(403);
  const key = { 'idempotency-key': 'one-count' };
  const reply = await confirm(number, [counted('CONFIRMED', 3)], 'RC1', { ...asOps, headers: key });
  expect(reply.body).toMatchObject({
    ...{ state: 'confirmed', onBooks: 3, found: 3, differs: false, confirmedBy: expect.any(String) },
    positions: [{ sku: 'CONFIRMED', lot: 'L1', onBooks: 3, found: 3, location: 'CAGE-1', confirmation: 1 }],
  });
  // The same again is no other count, with the same key or another.
  await confirm(number, [counted('CONFIRMED', 3)], 'RC1', { ...asOps, headers: key });
  expect((await confirm(number, [counted('CONFIRMED', 3)])).body['confirmations']).toHaveLength(1);
  expect(await accountOf(number)).toMatchObject({ verified: { held: 3 }, affected: 5, unaccounted: 2 });
  const told = (await get(`/${number}`)).headers.get('etag');
  expect((await get(`/${number}/facilities?state=confirmed`)).body['data']).toHaveLength(1);
  expect((await get(`/${number}/facilities?state=late`)).body['data']).toEqual([]);
  await confirm(number, [counted('CONFIRMED', 2)]);
  expect((await get(`/${number}`)).headers.get('etag')).not.toBe(told);
});

test('fewer than the books have wait for a person, who has them counted again or says that they are gone', async () => {
  const number = await recalled('FEWER', { hazardClass: 'I' });
  await confirm(number, [counted('FEWER', 1)]);
  const difference = { subject: `${number}/facilities/RC1`, facility: 'RC1' };
  const facts = { recall: number, facility: 'RC1', sku: 'FEWER', lot: 'L1', onBooks: 3, found: 1 };
  const [entry] = await queue('count_differs', number);
  expect(entry).toMatchObject({ ...difference, facts });
  // The books stand until a person has said otherwise.
  expect(await accountOf(number)).toMatchObject({ claimed: { held: 3 }, verified: { held: 1 }, unaccounted: 2 });
  const nod = { id: entry?.id, resolution: 'acknowledge' };
  expect(codeOf(await world.call('POST', '/v1/attention/resolutions', nod))).toEqual([
    422,
    'attention_of_a_count',
    'id',
  ]);

  const settle = (resolution: string, found: number, as: CallOptions = {}) =>
    post(`/${number}/facilities/RC1/differences`, { sku: 'FEWER', lot: 'L1', found, resolution, note: 'Looked.' }, as);
  expect((await settle('accept', 1, asOps)).status).toBe(403);
  expect(codeOf(await settle('accept', 2))).toEqual([409, 'counted_since', 'found']);
  expect((await settle('count_again', 1)).body).toMatchObject({ state: 'asked', found: null, confirmedAt: null });
  expect(await queue('count_differs', number)).toEqual([]);
  await confirm(number, [counted('FEWER', 2)]);
  expect(await queue('count_differs', number)).toMatchObject([{ facts: { found: 2 } }]);
  // Open is what nobody has settled, also at a facility that has confirmed.
  const left = { checks: 0, units: 2, facilities: 1, choosing: 0 };
  const refused = await post(`/${number}/complete`);
  expect([codeOf(refused), refused.body['detail']]).toEqual([
    [422, 'still_open', 'note'],
    expect.stringContaining('and 1 facilities have not confirmed, or have counted otherwise'),
  ]);
  expect((await settle('accept', 2)).body).toMatchObject({ state: 'confirmed', differs: false, found: 2 });
  expect(await queue('count_differs', number)).toEqual([]);
  expect(await accountOf(number)).toMatchObject({
    claimed: { held: 2 },
    verified: { held: 2 },
    unaccounted: 3,
    affected: left.units + 3,
  });
  expect(codeOf(await settle('accept', 2))).toEqual([409, 'no_difference', 'sku']);
  // Of class I somebody answers for what is gone.
  expect(codeOf(await post(`/${number}/complete`, { note: 'Gone.' }))[1]).toBe('lead_needed');
});

test('what is found beyond the books is affected, also where nobody was asked', async () => {
  const number = await recalled('MORE');
  await confirm(number, [counted('MORE', 5)]);
  expect(await accountOf(number)).toMatchObject({
    affected: 7,
    claimed: { held: 5 },
    verified: { held: 5 },
    unaccounted: 2,
  });
  const other = await confirm(number, [counted('MORE', 4)], 'RC2');
  expect(other.body).toMatchObject({ state: 'confirmed', askedAt: null, onBooks: 0, found: 4, differs: true });
  expect(await accountOf(number)).toMatchObject({ affected: 11, verified: { held: 9 } });
  expect((await queue('count_differs', number)).map(({ facility }) => facility).toSorted()).toEqual(['RC1', 'RC2']);
  expect((await get(`/${number}`)).body['confirmations']).toEqual({
    ...{ asked: 1, confirmed: 1, late: 0, unasked: 1, differing: 2 },
  });
  // It was misread; what never was there is affected no more.
  await confirm(number, [counted('MORE', 3)]);
  await confirm(number, [counted('MORE', 0, null)], 'RC2');
  expect(await accountOf(number)).toMatchObject({ affected: 5, verified: { held: 3 } });
  expect(await queue('count_differs', number)).toEqual([]);
});

test('what can’t be counted is refused with its field, and changes nothing', async () => {
  const number = await recalled('BAD');
  expect(codeOf(await confirm(number, [counted('BAD', 1, null)]))).toEqual([
    422,
    'location_missing',
    'counts[0].location',
  ]);
  expect(codeOf(await confirm(number, [counted('OTHER', 1)]))).toEqual([422, 'not_stopped', 'counts[0].lot']);
  expect(codeOf(await confirm(number, [counted('BAD', 1), counted('BAD', 2)]))).toEqual([
    422,
    'position_twice',
    'counts[1]',
  ]);
  expect(codeOf(await confirm(number, [counted('BAD', -1)]))[0]).toBe(400);
  expect(codeOf(await confirm(number, [counted('BAD', 1)], 'NOWHERE'))).toEqual([
    404,
    'facility_not_in_recall',
    undefined,
  ]);
  expect(await at(number)).toMatchObject({ state: 'asked', confirmations: [] });
  const drafted = await recallsOf(() => world).draft(scopeOf('BAD', 'L1'));
  expect(codeOf(await confirm(drafted, [counted('BAD', 1)]))).toEqual([409, 'recall_not_launched', undefined]);
});

test('who doesn’t confirm is written to, reminded half-way, and then left to a person', async () => {
  await world.db.facility.update({ where: { id: 'RC1' }, data: { email: 'rc1@shop.example' } });
  const channel = smtpChannel({ url: world.config.notices.smtpUrl, from: world.config.notices.from, connections: 1 });
  const round = async () => {
    await passTime(world.pool);
    await writeToFacilities(world.pool, channel);
  };
  const late = () => queue('stop_unconfirmed', number);
  const subjects = async () =>
    (await lettersTo('rc1@shop.example')).subjects.filter((subject) => subject.includes(number));
  const number = await recalled('SILENT', { hazardClass: 'III' });
  await round();
  await round();
  expect(await subjects()).toEqual([expect.stringMatching(/^Confirm by .* what recall RC-.* has stopped at RC1$/)]);
  expect((await lettersTo('rc1@shop.example')).letter).toContain('SILENT, lot L1: 3 unit(s) on the books');
  const wasAsked = async (days: number) =>
    await world.pool.query(
      `UPDATE recall_facilities SET asked_at = asked_at - make_interval(days => $2), due_at = due_at - make_interval(days => $2),
        letter_at = letter_at - make_interval(days => $2) WHERE recall = $1`,
      [number, days],
    );
  await wasAsked(3);
  await round();
  expect(await subjects()).toHaveLength(1);
  await wasAsked(1);
  await round();
  expect((await subjects()).toSorted()).toEqual([
    expect.stringContaining('Confirm by'),
    expect.stringContaining('Reminder: confirm by'),
  ]);
  expect(await late()).toEqual([]);
  // Four days are over, and of class I it has one.
  expect((await post(`/${number}/class`, { hazardClass: 'I' })).status).toBe(200);
  await until(number, ({ hazardClass }) => hazardClass === 'I');
  await round();
  expect(await late()).toMatchObject([{ subject: 'RC1', facility: 'RC1' }]);
  expect(await at(number)).toMatchObject({ state: 'late' });
  await round();
  expect(await subjects()).toHaveLength(2);
  expect((await confirm(number, [counted('SILENT', 3)])).body).toMatchObject({ state: 'confirmed' });
  expect(await late()).toEqual([]);
  channel.close();
});

test('a wider scope has facilities confirm what is new there, and the final report says who never did', async () => {
  const number = await recalled('WIDER', { hazardClass: 'II' });
  await confirm(number, [counted('WIDER', 3)]);
  await shipped('WIDER', 'L2', ['WIDER-S1']);
  expect((await post(`/${number}/scope`, { scope: scopeOf('WIDER', 'L1', 'L2') })).status).toBe(200);
  await until(number, ({ status, scopeVersion }) => status === 'notified' && scopeVersion === 2);
  expect(await at(number)).toMatchObject({ state: 'asked', scopeVersion: 2, onBooks: 6, found: 3 });
  expect(await accountOf(number)).toMatchObject({ claimed: { held: 6 }, verified: { held: 3 } });
  expect((await post(`/${number}/complete`, { note: 'RC1 is closed.' })).status).toBe(200);
  await until(number, ({ timeline }) => JSON.stringify(timeline).includes('final report is kept'));
  expect(JSON.stringify((await get(`/${number}`)).body['timeline'])).toContain(
    'and 1 facilities that had not confirmed',
  );
  const final = (await get(`/${number}/report?of=final`)).body;
  expect(final).toMatchObject({
    completion: { facilities: 1 },
    confirmations: {
      asked: 1,
      confirmed: 0,
      rows: [{ facility: 'RC1', state: 'asked', onBooks: 6, found: 3, confirmedAt: null }],
    },
  });
  // It isn't waited for, and may still say so, until the recall is closed.
  expect((await confirm(number, [{ ...counted('WIDER', 3), lot: 'L2' }])).body).toMatchObject({ state: 'confirmed' });
  const csv = (await get(`/${number}/report?format=csv`)).text.trim().split('\r\n');
  const [header = [], ...rows] = csv.map((line) => line.split(','));
  const own = rows.at(-1) ?? [];
  const cell = (name: string) => own[header.indexOf(name)];
  expect(['facility', 'confirmation', 'onBooks', 'found'].map(cell)).toEqual(['RC1', 'confirmed', '6', '6']);
  expect((await get(`/${number}/report?format=pdf`)).text.slice(0, 5)).toBe('%PDF-');
  expect((await post(`/${number}/terminate`)).status).toBe(200);
  await until(number, ({ timeline }) => JSON.stringify(timeline).includes('dates of both ends'));
  expect(codeOf(await confirm(number, [counted('WIDER', 2)]))).toEqual([409, 'recall_closed', undefined]);
  expect((await get(`/${number}/report`)).body).toMatchObject({ confirmations: { confirmed: 0 } });
});

test('in a drill facilities confirm, too, and nobody is written to or waited for', async () => {
  const number = await recalled('DRILL', { mock: true, hazardClass: 'I' });
  const channel = smtpChannel({ url: world.config.notices.smtpUrl, from: world.config.notices.from, connections: 1 });
  expect(await writeToFacilities(world.pool, channel)).toBe(0);
  channel.close();
  await world.pool.query(
    `UPDATE recall_facilities SET asked_at = now() - interval '2 days', due_at = now() WHERE recall = $1`,
    [number],
  );
  await passTime(world.pool);
  expect(await at(number)).toMatchObject({ state: 'late' });
  await confirm(number, [counted('DRILL', 2)]);
  expect(await at(number)).toMatchObject({ state: 'confirmed', differs: true });
  expect([...(await queue('stop_unconfirmed', number)), ...(await queue('count_differs', number))]).toEqual([]);
});
