import { expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { buyLabel } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

test('units reserved for what nobody has decided yet stay with their return until it closes, then they are free', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool, { quantity: 4 });
  const held = () => value<string>(pool, `SELECT units::text || ' ' || pending::text FROM unit_holds`);
  const one = new DrivenReturn(journal, 'R-1');
  await one.request(aRequest('O-1', 2));
  await buyLabel(one);
  const wants = [{ line: 'L1', orderLine: 'O-1:1', total: 4, known: [[0, 2] as const] }];
  expect(await journal.reserveUnits({ rma: 'R-1', wants })).toEqual({ L1: [[2, 4]] });

  // The line lets a unit go in a step that doesn't know of the reservation.
  await one.send({ type: 'receive', parcel: 'P1', contents: [{ sku: 'MUG-1', quantity: 1 }], partial: true });
  await one.send({ type: 'cancel', note: null });
  expect(await held()).toBe('{[0,1),[2,4)} {[2,4)}');

  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] });
  await one.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' });
  const outcome = { type: 'refunded', status: 'succeeded', providerId: 're_1' } as const;
  await one.send({ type: 'outcome', effect: 'refund:S1-1', outcome });
  expect(one.opened.phase).toBe('closed');
  expect(await held()).toBe('{[0,1)} {}');
});
