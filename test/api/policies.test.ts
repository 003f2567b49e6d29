import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { anOrder, asked } from './orders.ts';
import { type Reply, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ worker: false });
});
afterAll(async () => {
  await world.close();
});

const { id: policy, version: _version, ...rules } = defaultCustomerPolicy;
const at = `/v1/policies/${policy}`;
const free = { ...rules, fees: { ...rules.fees, returnShipping: {} } };

const save = (revision: number, wanted: unknown, address = at) =>
  world.call('POST', `${address}/draft`, { revision, rules: wanted });
const publish = (revision: number, effectiveFrom?: Date, address = at) =>
  world.call(
    'POST',
    `${address}/publish`,
    { revision, ...(effectiveFrom === undefined ? {} : { effectiveFrom: effectiveFrom.toISOString() }) },
    { as: 'admin' },
  );
const outcome = ({ status, body }: Reply) => [status, body['code'] ?? null, body['field'] ?? null];
const Versions = z.object({ data: z.array(z.object({ version: z.int(), standing: z.string(), policy: z.string() })) });
const standings = async () =>
  Versions.parse((await world.call('GET', '/v1/policies')).body)
    .data.filter((each) => each.policy === policy)
    .map(({ version, standing }) => `${version} ${standing}`);

const Quote = z.object({ quote: z.object({ total: z.object({ amount: z.string() }) }) });
const quotedFor = async (order: string) =>
  Quote.parse((await world.call('POST', '/v1/returns/preview', asked(order))).body).quote.total.amount;

test('a policy is drafted, looked at, published, and binds the sales made from then on', async () => {
  const before = await anOrder(world);
  expect(await quotedFor(before)).toBe('15.05');

  const drafted = await save(0, free);
  expect([drafted.status, drafted.body['basedOn'], drafted.body['revision'], drafted.body['faults']]).toEqual([
    200,
    1,
    1,
    [],
  ]);
  const changes = await world.call('GET', `${at}/changes?from=1&to=draft`);
  expect(changes.body['data']).toContainEqual({ field: 'fees.returnShipping.EUR', before: 495, after: null });
  expect(outcome(await publish(1))).toEqual([201, null, null]);
  expect(outcome(await world.call('GET', `${at}/draft`))).toEqual([404, 'policy_draft_not_found', null]);
  expect(await standings()).toEqual(['2 in_force', '1 superseded']);
  expect((await world.call('GET', `${at}/versions/2`)).body['fees']).toEqual(free.fees);
  expect((await world.call('GET', `${at}/changes?from=1&to=2`)).body).toEqual(changes.body);

  const after = await anOrder(world);
  await world.db.order.update({ where: { id: after }, data: { placedAt: new Date() } });
  expect(await quotedFor(before)).toBe('15.05');
  expect(await quotedFor(after)).toBe('20.00');
});

test('who changes a draft that somebody else has changed is told, and so is who publishes it', async () => {
  expect((await save(0, free)).status).toBe(200);
  expect(outcome(await save(0, rules))).toEqual([409, 'policy_draft_changed', 'revision']);
  expect((await save(1, rules)).body['revision']).toBe(2);
  expect(outcome(await publish(1))).toEqual([409, 'policy_draft_changed', 'revision']);
  const both = await Promise.all([publish(2), publish(2)]);
  expect(both.map(({ status }) => status).sort()).toEqual([
    201,
    expect.toSatisfy((status) => status === 404 || status === 409),
  ]);
});

test('a version may be scheduled, but not into the past nor before one that is scheduled already', async () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  const { body } = await save(0, free);
  expect(outcome(await publish(Number(body['revision']), inDays(-1)))).toEqual([
    422,
    'effective_in_the_past',
    'effectiveFrom',
  ]);
  expect((await publish(1, inDays(10))).status).toBe(201);
  expect((await standings())[0]).toMatch(/ scheduled$/);
  await save(0, rules);
  expect(outcome(await publish(1, inDays(5)))).toEqual([409, 'policy_scheduled_later', 'effectiveFrom']);
  expect((await world.call('DELETE', `${at}/draft`)).status).toBe(204);
});

test('rules that make no sense are kept in the draft, named, and never published', async () => {
  const late = { ...rules, receipt: { ...rules.receipt, reminders: ['P20D'] } };
  const drafted = await save(0, late, '/v1/policies/senseless');
  expect(drafted.body['faults']).toEqual([
    expect.objectContaining({ field: 'receipt.reminders[0]', code: 'after_escalation' }),
  ]);
  expect(outcome(await publish(1, undefined, '/v1/policies/senseless'))).toEqual([
    422,
    'policy_makes_no_sense',
    'receipt.reminders[0]',
  ]);
});

test.each<[string, unknown, string, string]>([
  ['a duration of months', { ...rules, inspectionWithin: 'P1M' }, 'rules.inspectionWithin', 'invalid_value'],
  ['a duration of ages', { ...rules, inspectionWithin: 'P9999999D' }, 'rules.inspectionWithin', 'invalid_value'],
  ['an unknown currency', { ...rules, returnlessUpTo: { EURO: 5 } }, 'rules.returnlessUpTo.EURO', 'invalid_value'],
  ['half a cent', { ...rules, returnlessUpTo: { EUR: 0.5 } }, 'rules.returnlessUpTo.EUR', 'invalid_value'],
  [
    'more than all',
    { ...rules, fees: { ...rules.fees, restockingBasisPoints: 10_001 } },
    'rules.fees.restockingBasisPoints',
    'invalid_value',
  ],
  ['a zone of nowhere', { ...rules, zone: 'Mars/Olympus' }, 'rules.zone', 'invalid_value'],
  [
    'a rule for a country that none is',
    { ...rules, rules: [{ rule: 'r', when: { countries: ['Germany'] }, set: { finalSale: true } }] },
    'rules.rules[0].when.countries[0]',
    'invalid_value',
  ],
  [
    'a rule that sets what isn’t there',
    { ...rules, rules: [{ rule: 'r', when: { channels: ['web'] }, set: { zone: 'UTC' } }] },
    'rules.rules[0].set.zone',
    'unknown_field',
  ],
  ['a rule that isn’t one', { ...rules, mercy: true }, 'rules.mercy', 'unknown_field'],
  ['a rule left out', { ...rules, zone: undefined }, 'rules.zone', 'missing_field'],
])('%s is refused with its field', async (_what, wanted, field, code) => {
  expect(outcome(await save(0, wanted, '/v1/policies/misshapen'))).toEqual([400, code, field]);
});

const Decided = z.object({
  policy: z.object({ policy: z.string(), version: z.int() }),
  lines: z.array(z.looseObject({ verdict: z.string(), rules: z.array(z.unknown()) })),
});

test('a rule for a group of buyers decides their lines alone, and the decision names it with its version', async () => {
  const rule = {
    rule: 'vip-2-days',
    when: { buyerGroups: ['vip'], categories: ['garden'] },
    set: { window: { days: 0 } },
  };
  const address = '/v1/policies/with-rules';
  expect((await save(0, { ...rules, rules: [rule] }, address)).body['faults']).toEqual([]);
  const published = await publish(1, undefined, address);
  expect(published.body['overruled']).toContainEqual(
    expect.objectContaining({ field: 'rules[0].set.window.days', floor: 'eu-withdrawal' }),
  );
  expect((await world.call('GET', `${address}/versions/1`)).body['rules']).toEqual([rule]);
  const decided = async (group: string | null, channel = 'store') => {
    const order = await anOrder(world);
    await world.db.buyer.update({ where: { id: `B-${order}` }, data: { group } });
    const data = { policyId: 'with-rules', policyVersion: 1, channel };
    await world.db.order.update({ where: { id: order }, data });
    await world.db.fulfilment.updateMany({
      where: { orderLineId: `${order}-1` },
      data: { deliveredAt: new Date(Date.now() - 5 * 86_400_000) },
    });
    return Decided.parse((await world.call('POST', '/v1/returns/preview', asked(order))).body);
  };
  const policy = { policy: 'with-rules', version: 1 };
  expect(await decided('vip')).toMatchObject({
    policy,
    lines: [{ verdict: 'ineligible', rules: [{ code: 'outside_window', rule: 'vip-2-days' }] }],
  });
  expect(await decided(null)).toMatchObject({
    policy,
    lines: [{ verdict: 'eligible', floor: null, rules: [{ code: 'within_window', rule: 'base' }] }],
  });
  // Bought from afar, the same goods may come back by law.
  const afar = await decided('vip', 'web');
  expect(afar).toMatchObject({ lines: [{ verdict: 'eligible', codes: ['exempt_by_law'], floor: 'eu-withdrawal' }] });
});

test('a request without a facility goes where the policy routes it, and says why', async () => {
  const facility = { name: 'Paint shed', zone: 'UTC', street1: '2 Dock Road', city: 'Ghent', zip: '9000' };
  await world.db.facility.create({ data: { id: 'RC2', ...facility, country: 'BE', capabilities: ['hazardous'] } });
  const routes = [
    { route: 'paints', when: { categories: ['garden'] }, to: { to: 'capability', capability: 'hazardous' } },
  ];
  const routing = { routes, zones: [{ zone: 'near', countries: ['DE', 'BE'] }] };
  const address = '/v1/policies/with-routes';
  expect((await save(0, { ...rules, routing }, address)).body['faults']).toEqual([]);
  expect(outcome(await publish(1, undefined, address))).toEqual([201, null, null]);
  const order = await anOrder(world);
  const routed = async (body: object) => {
    const { body: preview } = await world.call('POST', '/v1/returns/preview', body);
    return [preview['facility'], preview['routing']];
  };
  expect(await routed(asked(order))).toEqual(['RC1', { route: 'base', because: 'same_country' }]);
  await world.db.order.update({ where: { id: order }, data: { policyId: 'with-routes', policyVersion: 1 } });
  expect(await routed(asked(order))).toEqual(['RC2', { route: 'paints', because: 'same_zone' }]);
  expect(await routed({ ...asked(order), facility: 'RC1' })).toEqual(['RC1', null]);
});

test('a draft is discarded, also when there is none', async () => {
  await save(0, rules, '/v1/policies/passing');
  for (const _again of [1, 2]) {
    expect((await world.call('DELETE', '/v1/policies/passing/draft')).status).toBe(204);
  }
  expect((await world.call('GET', '/v1/policies/passing/draft')).status).toBe(404);
});

test('a version as it is shown can be drafted anew, under its own name alone', async () => {
  await world.call('DELETE', `${at}/draft`);
  const shown = (await world.call('GET', `${at}/versions/1`)).body;
  expect(outcome(await save(0, shown))).toEqual([200, null, null]);
  const mistyped = await save(0, shown, '/v1/policies/customer-defualt');
  expect(outcome(mistyped)).toEqual([422, 'policy_differs', 'rules.id']);
  await world.call('DELETE', `${at}/draft`);
});
