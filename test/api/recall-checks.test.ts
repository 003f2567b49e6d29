import { afterAll, beforeAll, expect, test } from 'vitest';
import { worksheetColumns } from '../../api/recalls/checks/list.ts';
import { codeOf, type Row, recallsOf } from './recall-world.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const { post, get, shipped, scopeOf, draft, until, ...recalls } = recallsOf(() => world);
const storesOf = (sku: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${sku}-S${String(index + 1).padStart(2, '0')}`);

async function notified(sku: string, stores: number, more: Row = {}): Promise<string> {
  await shipped(sku, 'L1', storesOf(sku, stores));
  return await recalls.notified(scopeOf(sku, 'L1'), more);
}

const checksOf = async (number: string, query = '') => {
  const reply = await get(`/${number}/checks?limit=200${query}`);
  return reply.body['data'] as { check: number; consignee: string; state: string; assignee: string; outcome: string }[];
};

async function untilChecks(number: string, count: number) {
  await until(number, ({ timeline }) => JSON.stringify(timeline).includes(`"${count} effectiveness check(s)`));
  return await checksOf(number);
}

const found = (outcome: string, more: Row = {}) => ({
  ...{ method: 'phone', outcome, checkedAt: '2026-03-02T09:00:00Z' },
  ...more,
});

test('a sample of the consignees is checked, what is not effective waits for a person, and asking again settles it', async () => {
  const number = await notified('CHECKED', 21, { effectiveness: 'C', hazardClass: 'I' });
  const checks = await untilChecks(number, 3);
  expect(checks.map(({ check, state }) => [check, state])).toEqual([
    [1, 'open'],
    [2, 'open'],
    [3, 'open'],
  ]);
  const given = await post(`/${number}/checks/assignments`, { assignees: ['ops', 'lead'], method: 'phone' });
  expect([given.status, given.body]).toEqual([200, { assigned: 3 }]);
  expect((await checksOf(number)).map(({ assignee }) => assignee)).toEqual(['ops', 'lead', 'ops']);
  expect((await checksOf(number, '&assignee=lead')).map(({ check }) => check)).toEqual([2]);

  const asOps = { as: 'ops' } as const;
  expect((await post(`/${number}/checks/1/outcomes`, found('effective'), asOps)).body).toMatchObject({
    state: 'done',
    outcome: 'effective',
    attempts: [{ method: 'phone', outcome: 'effective' }],
  });
  const failed = await post(`/${number}/checks/2/outcomes`, found('no_action', { found: 'It is on sale.' }), asOps);
  expect(failed.body).toMatchObject({ state: 'follow_up', dueAt: '2026-03-03T09:00:00.000Z' });
  expect((await post(`/${number}/checks/3/outcomes`, found('not_reachable'), asOps)).body['state']).toBe('follow_up');
  const queue = async () =>
    (await world.call('GET', '/v1/attention?reason=check_failed')).body['data'] as { id: string; subject: string }[];
  expect(await queue()).toMatchObject([
    {
      ...{ id: `check/${number}/2`, subject: `${number}/checks/2`, deadline: '2026-03-03T09:00:00.000Z' },
      ...{ facts: { recall: number, check: 2, outcome: 'no_action' }, resolutions: [] },
    },
  ]);
  const nod = { id: `check/${number}/2`, resolution: 'acknowledge' };
  expect(codeOf(await world.call('POST', '/v1/attention/resolutions', nod))).toEqual([
    422,
    'attention_of_a_check',
    'id',
  ]);
  const later = { checkedAt: '2026-03-03T08:00:00Z', method: 'visit' };
  expect((await post(`/${number}/checks/2/outcomes`, found('effective', later), asOps)).body['state']).toBe('done');
  expect(await queue()).toEqual([]);
});

test('the worksheet that goes out comes back filled in, and only its bad rows are not taken', async () => {
  const number = await notified('SHEET', 5, { effectiveness: 'A' });
  const checks = await untilChecks(number, 5);
  const sheet = await get(`/${number}/checks/worksheet`, 'ops');
  const [header = '', ...lines] = sheet.text.trim().split('\r\n');
  expect(header).toBe(worksheetColumns.join(','));
  expect(lines).toHaveLength(5);
  const [first] = checks;
  expect(lines[0]).toMatch(
    new RegExp(
      `^1,${first?.consignee},store,Store ${first?.consignee},.*421 1,.*@stores.example,1 Main Street,28195,Bremen,DE,20.*Z,,,,,,$`,
    ),
  );
  const said = [
    ['phone', 'effective', '2026-03-02', '"They ""sent"" it back, all"'],
    ['pigeon', 'effective', '2026-03-02', ''],
    ['visit', 'no_action', '', ''],
  ];
  const fill = (line: string, cells: readonly string[]) => [...line.split(',').slice(0, -4), ...cells].join(',');
  const filled = lines.map((line, index) => fill(line, said[index] ?? ['', '', '', '']));
  const unknown = fill(lines[0] ?? '', ['phone', 'effective', '2026-03-02', '']).replace(/^1,/, '99,');
  const raw = [header, ...filled, unknown].join('\r\n');
  const send = async () => {
    const reply = await world.call('POST', `/v1/recalls/${number}/checks/outcomes`, undefined, {
      ...{ as: 'ops', raw, headers: { 'content-type': 'text/csv' } },
    });
    return reply.text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  };
  const bad = (row: number, column: string, code: string) => ({
    row,
    status: 'rejected',
    errors: [{ column, code, detail: expect.any(String) }],
  });
  const rest = [
    bad(2, 'method', 'method_unknown'),
    bad(3, 'checkedAt', 'missing'),
    { row: 4, status: 'unchanged' },
    { row: 5, status: 'unchanged' },
    bad(6, 'check', 'check_not_found'),
  ];
  expect(await send()).toEqual([
    { row: 1, status: 'recorded' },
    ...rest,
    { done: true, recorded: 1, unchanged: 2, rejected: 3 },
  ]);
  expect(await send()).toEqual([
    { row: 1, status: 'unchanged' },
    ...rest,
    { done: true, recorded: 0, unchanged: 3, rejected: 3 },
  ]);
  expect(await world.db.note.count({ where: { subject: number } })).toBe(1);
});

test('a file of findings larger than a transaction is recorded whole, each check in the order of its rows', async () => {
  const number = await notified('MANY', 30, { effectiveness: 'A' });
  await untilChecks(number, 30);
  const row = (check: number, outcome: string, hour: number) =>
    JSON.stringify({
      check,
      method: 'phone',
      outcome,
      checkedAt: `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`,
    });
  const checks = Array.from({ length: 30 }, (_, index) => 30 - index);
  // Eight times each: in the last hour it was effective; one is told once more, before what is known.
  const rows = Array.from({ length: 8 }, (_, hour) =>
    checks.map((check) => row(check, hour < 7 ? 'no_action' : 'effective', hour)),
  );
  const reply = await world.call('POST', `/v1/recalls/${number}/checks/outcomes`, undefined, {
    ...{ as: 'ops', raw: [...rows.flat(), row(1, 'no_action', 3), row(1, 'not_received', 3)].join('\n') },
    headers: { 'content-type': 'application/x-ndjson' },
  });
  const results = reply.text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(results.slice(-3)).toEqual([
    { row: 241, status: 'unchanged' },
    { row: 242, status: 'rejected', errors: [expect.objectContaining({ code: 'checked_later', column: 'checkedAt' })] },
    { done: true, recorded: 240, unchanged: 1, rejected: 1 },
  ]);
  expect(results.slice(0, -1)).toEqual(
    results.slice(0, -1).map((_, index) => expect.objectContaining({ row: index + 1 })),
  );
  expect(new Set((await checksOf(number)).map(({ state, outcome }) => `${state} ${outcome}`))).toEqual(
    new Set(['done effective']),
  );
  expect(await world.db.recallCheckAttempt.count({ where: { recall: number } })).toBe(240);
});

test('another level draws more checks or withdraws those that nobody has begun', async () => {
  const number = await notified('LEVELS', 12, { effectiveness: 'D' });
  const [chosen] = await untilChecks(number, 1);
  expect((await post(`/${number}/effectiveness`, { effectiveness: 'B', checkShare: 2500 })).status).toBe(200);
  const more = await untilChecks(number, 3);
  expect(more[0]?.consignee).toBe(chosen?.consignee);
  expect((await post(`/${number}/checks/3/outcomes`, found('effective'))).status).toBe(200);
  expect((await post(`/${number}/effectiveness`, { effectiveness: 'D' })).status).toBe(200);
  await untilChecks(number, 2);
  expect((await checksOf(number)).map(({ state }) => state)).toEqual(['open', 'withdrawn', 'done']);
  expect((await get(`/${number}`)).body).toMatchObject({ effectiveness: 'D', checkShare: null });
});

test('what can’t be right of a check is refused with its field, and changes nothing', async () => {
  const number = await notified('WRONG', 3, { effectiveness: 'B', checkShare: 1000 });
  await untilChecks(number, 1);
  const outcome = (body: Row, check: number | string = 1) => post(`/${number}/checks/${check}/outcomes`, body);
  expect(codeOf(await outcome(found('effective'), 2))).toEqual([404, 'check_not_found', 'check']);
  expect(codeOf(await outcome(found('effective'), 'X'))).toEqual([400, expect.any(String), 'check']);
  expect(codeOf(await outcome(found('fine')))).toEqual([400, expect.any(String), 'outcome']);
  expect(codeOf(await outcome(found('effective', { checkedAt: '2999-01-01T00:00:00Z' })))).toEqual([
    ...[422, 'checked_in_future', 'checkedAt'],
  ]);
  expect((await outcome(found('no_action'))).status).toBe(200);
  expect((await outcome(found('no_action'))).body['attempts']).toHaveLength(1);
  expect(codeOf(await outcome(found('effective', { checkedAt: '2026-03-01T09:00:00Z' })))).toEqual([
    ...[409, 'checked_later', 'checkedAt'],
  ]);
  expect((await post(`/${number}/checks/1/outcomes`, found('effective'), { as: 'viewer' })).status).toBe(403);
  expect((await get(`/${number}/checks/worksheet`, 'viewer')).status).toBe(403);
  const give = (body: Row) => post(`/${number}/checks/assignments`, { method: 'visit', ...body });
  expect(codeOf(await give({ assignees: ['ops', 'nobody'] }))).toEqual([422, 'assignee_unknown', 'assignees[1]']);
  expect(codeOf(await give({ assignees: ['ops'], checks: [1, 7] }))).toEqual([422, 'check_not_open', 'checks[1]']);
  expect((await checksOf(number))[0]?.assignee).toBeNull();
  const level = (body: Row) => post(`/${number}/effectiveness`, body);
  expect(codeOf(await level({ effectiveness: 'B' }))).toEqual([422, 'check_share_out_of_range', 'checkShare']);
  expect(codeOf(await level({ effectiveness: 'B', checkShare: 1000 }))).toEqual([
    ...[409, 'effectiveness_unchanged', 'effectiveness'],
  ]);
  expect(codeOf(await level({ effectiveness: 'F' }))).toEqual([400, expect.any(String), 'effectiveness']);
  const other = await draft(scopeOf('WRONG', 'L1'), { effectiveness: 'E' });
  expect(codeOf(await post(`/${other}/checks/draws`))).toEqual([409, 'recall_not_launched', undefined]);
  expect(codeOf(await post(`/${other}/checks/1/outcomes`, found('effective')))).toEqual([
    ...[409, 'recall_not_launched', undefined],
  ]);
  expect(codeOf(await post('', { checkShare: 500 }))[0]).toBe(400);
});
