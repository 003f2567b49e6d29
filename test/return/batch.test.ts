import { expect, test } from 'vitest';
import { returnDecider } from '../../domain/return/decider.ts';
import { decideBatch } from '../../workflows/process/decide-batch.ts';
import { asNew } from '../domain/sale.ts';
import { aCustomerReturn, aReceivedReturn } from './world.ts';

/** Temporal ends the run whose payload is larger. */
const mostBytes = 2 * 1024 * 1024;
const pieces = 32;

test('what waited for the database is written in parts that Temporal carries, in its order', () => {
  const lines = Array.from({ length: 40 }, () => ({
    quantity: pieces,
    sold: { quantity: pieces, fulfilled: pieces, returnable: pieces, price: 600, discount: 0, tax: 0 },
  }));
  const journey = aReceivedReturn({ lines });
  const waiting = Object.keys(journey.now.items).map((item, index) => ({
    envelope: {
      commandId: `C${index + 1}`,
      at: journey.at,
      by: 'key_1',
      command: {
        type: 'inspect',
        item,
        findings: Array.from({ length: pieces }, () => ({ quantity: 1, facts: asNew })),
      } as const,
    },
  }));
  expect(waiting).toHaveLength(lines.length);
  const written: string[] = [];
  let state = journey.state;
  while (written.length < waiting.length) {
    const input = decideBatch(returnDecider, 'return:R', state, written.length, waiting.slice(written.length));
    expect(JSON.stringify(input).length).toBeLessThan(mostBytes);
    expect(input.items.every(({ refusal }) => refusal === null)).toBe(true);
    written.push(...input.items.map(({ commandId }) => commandId));
    const recorded = input.items.flatMap(({ at, by, events }) => events.map((event) => ({ at, by, event })));
    state = returnDecider.fold(state, recorded);
  }
  expect(written).toEqual(waiting.map(({ envelope }) => envelope.commandId));
});

test('goods of many lots are decided on in time that grows with them alone', () => {
  const lines = Array.from({ length: 200 }, () => ({
    quantity: 10,
    sold: { quantity: 10, fulfilled: 10, returnable: 10, price: 600, discount: 0, tax: 0 },
  }));
  const journey = aCustomerReturn({ lines, ...byFreight });
  for (const delivery of ['ASN-1', 'ASN-2', 'ASN-3', 'ASN-4']) {
    const contents = Array.from({ length: 500 }, (_, index) => ({
      ...{ sku: `MUG-${(index % lines.length) + 1}`, quantity: 1, lot: `${delivery}-${index}` },
    }));
    journey.send({ type: 'receive', parcel: null, contents, partial: true, delivery });
  }
  const items = Object.keys(journey.now.items).slice(0, 500);
  const command = {
    type: 'inspect_items',
    items: items.map((item) => ({ item, findings: [{ quantity: 1, facts: asNew }] })),
  } as const;
  const began = process.cpuUsage();
  const input = decideBatch(returnDecider, 'return:R', journey.state, 9, [
    { envelope: { commandId: 'C1', at: journey.at, by: 'key_1', command } },
  ]);
  const { user } = process.cpuUsage(began);
  expect(input.items[0]?.events).toHaveLength(3 * items.length + 1);
  // A tenth of it is enough; copied for each event, the record of 2,000 items took more than twice as long.
  expect(user / 1_000_000).toBeLessThan(1.5);
});

const byFreight = {
  request: { program: 'business', method: 'freight', instrument: 'credit_memo' },
  policy: {
    methods: ['freight'],
    review: { aboveAmount: {}, frequentReturns: { count: 5, days: 90 } },
    refund: { timing: 'inspection', instruments: ['credit_memo'], pendingCheck: 'PT24H' },
  },
} as const;
