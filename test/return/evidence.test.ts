import { describe, expect, test } from 'vitest';
import type { DeviceFinding, Evidence } from '../../domain/goods/evidence.ts';
import { aCustomerReturn, aReceivedReturn, type Wish } from './world.ts';

const serials = ['SN-1', 'SN-2', 'SN-3'];
/** Three used phones of one order line, each known by its serial. */
const phones = (wish: Wish = {}) =>
  aReceivedReturn({ lines: [{ sold: { dataBearing: true, serials } }], ...wish }, [
    { sku: 'MUG-1', quantity: 3, serials },
  ]);
const used = { packaging: 'opened' } as const;
const inspected = (...found: DeviceFinding[]) => phones().inspect('P1-1', { facts: used, found });

const wiped = (named: readonly string[], more: object = {}): Evidence => ({
  kind: 'data_wiped',
  certificate: 'WIPE-1',
  serials: named,
  method: 'purge',
  tool: 'ERASER-3',
  ...more,
});
const record = (evidence: Evidence, item = 'P1-1') => ({ type: 'record_evidence', item, evidence }) as const;
const wayOf = (journey: ReturnType<typeof phones>, item = 'P1-1') => journey.now.items[item]?.choice;

describe('goods that bear data', () => {
  test('wait for the certificate that names each of them, and then get their way', () => {
    const journey = inspected();
    expect(wayOf(journey)).toMatchObject({ disposition: 'quarantine', vetoes: ['data_not_wiped'] });
    for (const disposition of ['liquidate', 'recycle', 'return_to_vendor', 'refurbish'] as const) {
      expect(journey.send({ type: 'dispose', item: 'P1-1', disposition, note: 'N' }).refusal).toBe(
        'disposition_vetoed',
      );
    }
    expect(journey.send(record(wiped(['SN-1', 'SN-2']))).happened).toEqual(['evidence_recorded']);
    expect(wayOf(journey)?.disposition).toBe('quarantine');
    expect(journey.send(record(wiped(['SN-3'], { certificate: 'WIPE-2' }))).happened).toEqual([
      'evidence_recorded',
      'item_disposed',
    ]);
    expect(wayOf(journey)).toMatchObject({ disposition: 'liquidate', vetoes: [] });
    expect(journey.send(record(wiped(['SN-3'], { certificate: 'WIPE-2' }))).happened).toEqual([]);
  });

  test('may be destroyed unwiped, and a certificate doesn’t bring them back from there', () => {
    const journey = inspected().send({ type: 'dispose', item: 'P1-1', disposition: 'destroy', note: 'N' });
    journey.send(record(wiped(serials)));
    expect(wayOf(journey)?.disposition).toBe('destroy');
    journey.send({ type: 'dispose', item: 'P1-1', disposition: 'liquidate', note: 'N' });
    expect(wayOf(journey)).toMatchObject({ disposition: 'liquidate', vetoes: [] });
  });

  test('that nobody has unsealed bear none', () => {
    const journey = phones().inspect('P1-1');
    expect(wayOf(journey)).toMatchObject({ disposition: 'restock', vetoes: [] });
  });

  test('that are wiped before anybody has looked at them wait for nothing', () => {
    const journey = phones()
      .send(record(wiped(serials)))
      .inspect('P1-1', { facts: used });
    expect(wayOf(journey)?.vetoes).toEqual([]);
  });

  test('need a certificate again where data are found on them after all', () => {
    const journey = inspected().send(record(wiped(serials)));
    journey.inspect('P1-1', { facts: used, found: ['data_present'] });
    expect(wayOf(journey)).toMatchObject({ disposition: 'quarantine', vetoes: ['data_not_wiped'] });
  });

  test('found on goods that nobody said bear any bar them too', () => {
    const journey = aReceivedReturn().inspect('P1-1', { facts: used, found: ['data_present'] });
    expect(wayOf(journey)?.vetoes).toEqual(['data_not_wiped']);
    journey.inspect('P1-1', { facts: used });
    expect(wayOf(journey)?.vetoes).toEqual(['data_not_wiped']);
  });
});

describe('a certificate', () => {
  test('speaks for the devices that it names, also after a split', () => {
    const journey = phones().send(record(wiped(['SN-1'])));
    journey.inspect(
      'P1-1',
      { quantity: 1, serials: ['SN-1'], facts: used },
      { quantity: 2, serials: ['SN-2', 'SN-3'], facts: { ...used, function: 'defective' } },
    );
    expect(wayOf(journey, 'P1-1.1')?.vetoes).toEqual([]);
    expect(wayOf(journey, 'P1-1.2')?.vetoes).toEqual(['data_not_wiped']);
  });

  test('of one device isn’t one of two that nobody can tell apart', () => {
    const journey = aReceivedReturn({ lines: [{ quantity: 2, sold: { dataBearing: true } }] });
    journey.send(record(wiped(['SN-9'])));
    journey.inspect('P1-1', { quantity: 1, facts: used }, { quantity: 1, facts: { ...used, cosmetic: 'damaged' } });
    expect(wayOf(journey, 'P1-1.1')?.vetoes).toEqual(['data_not_wiped']);
    expect(wayOf(journey, 'P1-1.2')?.vetoes).toEqual(['data_not_wiped']);
  });

  test('names devices, and only those that are here', () => {
    const journey = inspected();
    expect(journey.send(record(wiped([]))).refusal).toBe('serials_needed');
    expect(journey.send(record(wiped(['SN-1', 'SN-8']))).refusal).toBe('serial_not_in_item');
    expect(journey.send(record(wiped(serials), 'P9-9')).refusal).toBe('unknown_item');
  });

  test('is not taken for what has gone, or is with an execution', () => {
    const journey = inspected().send({ type: 'dispose', item: 'P1-1', disposition: 'destroy', note: 'N' });
    journey.send({ type: 'take_up', item: 'P1-1', execution: 'CD-1', disposition: 'destroy', quantity: 3 });
    expect(journey.send(record(wiped(serials))).refusal).toBe('item_in_execution');
    journey.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'CD-1', execution: 'CD-1' });
    expect(journey.send(record(wiped(serials))).refusal).toBe('item_already_moved');
  });
});

test('an owner’s device is not wiped without the owner’s recorded consent', () => {
  const theirs = aReceivedReturn({ lines: [{ sold: { dataBearing: true, serials } }] }, [
    { sku: 'OTHER', quantity: 1, serials: ['SN-7'] },
  ]);
  theirs.inspect('P1-1', { facts: used, found: ['data_present'] });
  theirs.send({ type: 'dispose', item: 'P1-1', disposition: 'repair_and_return', note: 'N' });
  expect(theirs.send(record(wiped(['SN-7']))).refusal).toBe('consent_needed');
  expect(theirs.send(record(wiped(['SN-7'], { consent: 'CONSENT-5' }))).happened).toEqual(['evidence_recorded']);
  expect(wayOf(theirs)?.disposition).toBe('repair_and_return');
});

test('a locked device is used by nobody else until the lock is off', () => {
  const journey = inspected('activation_locked').send(record(wiped(serials)));
  expect(wayOf(journey)).toMatchObject({ disposition: 'quarantine', vetoes: ['activation_locked'] });
  expect(journey.send({ type: 'dispose', item: 'P1-1', disposition: 'refurbish', note: 'N' }).refusal).toBe(
    'disposition_vetoed',
  );
  journey.send(record({ kind: 'activation_unlocked', certificate: 'UNLOCK-2', serials }));
  expect(wayOf(journey)).toMatchObject({ disposition: 'liquidate', vetoes: [] });
});

test('goods under recall go their way once it is lifted', () => {
  const asked = aCustomerReturn({ lines: [{ reason: 'defective', sold: { recalled: true } }] });
  const journey = asked.send({ type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N' }] }).labelBought();
  journey.receive([{ sku: 'MUG-1', quantity: 3 }]).inspect('P1-1', { facts: used });
  expect(wayOf(journey)?.disposition).toBe('quarantine');
  journey.send(record({ kind: 'recall_lifted', certificate: 'RECALL-8' }));
  expect(wayOf(journey)).toMatchObject({ vetoes: [] });
  expect(wayOf(journey)?.disposition).not.toBe('quarantine');
});

test('one who graded doesn’t agree with one who saw a lock', () => {
  const journey = phones({
    policy: { inspection: { questionSets: [], twoPeopleAbove: { EUR: 100 } } },
  }).inspect('P1-1', { facts: used });
  journey.as('key_2').inspect('P1-1', { facts: used, found: ['activation_locked'] });
  expect(journey.happened).not.toContain('inspection_confirmed');
  expect(journey.now.items['P1-1']?.found).toEqual(['activation_locked']);
});
