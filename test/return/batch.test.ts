import { expect, test } from 'vitest';
import { returnDecider } from '../../domain/return/decider.ts';
import { decideBatch } from '../../workflows/process/decide-batch.ts';
import { asNew } from '../domain/sale.ts';
import { aReceivedReturn } from './world.ts';

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
