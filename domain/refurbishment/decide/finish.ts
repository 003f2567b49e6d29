import type { ExecutionItem } from '../../execution/item.ts';
import { itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { split } from '../../execution/shares.ts';
import type { RefurbishmentCommand } from '../commands.ts';
import type { ItemUnits, RefurbishmentEvent } from '../events.ts';
import { type Opened, onBench, unitsLeft, workOn, worthOf } from '../state.ts';
import { notAtWork } from './book.ts';

type Answer = readonly RefurbishmentEvent[] | Refused;
type Command<T extends RefurbishmentCommand['type']> = Extract<RefurbishmentCommand, { type: T }>;

/** Units are tested: those that pass are mended, those that don't stay in work. */
export function test(state: Opened, command: Command<'test'>): Answer {
  const wrong = notAtWork(state) ?? notTested(state) ?? wrongUnits(state, command.units);
  if (wrong !== null) return wrong;
  const { units, passed, facts, answers } = command;
  if (passed && facts.function === 'defective') return refuse('test_contradicts', 'facts.function');
  const told = answers === undefined ? {} : { answers };
  if (!passed) return [{ type: 'test_failed', units, ...told }];
  return [{ type: 'units_finished', units, outcome: 'mended', facts, ...told }];
}

/** Units that nobody works on any more: they are scrap, or mending them costs more than it brings. */
export function abandon(state: Opened, { units, outcome, facts }: Command<'abandon'>): Answer {
  const wrong = notAtWork(state) ?? wrongUnits(state, units);
  if (wrong !== null) return wrong;
  return [{ type: 'units_finished', units, outcome, facts }];
}

/**
 * An item is taken apart. Its parts become stock, each at its share of what the item cost, by what they would bring (IAS 2,
 * 14), and never at more than that.
 */
export function takeApart(state: Opened, { rma, item: id, parts }: Command<'take_apart'>): Answer {
  const wrong = notAtWork(state);
  if (wrong !== null) return wrong;
  if (state.disposition !== 'harvest_parts') return refuse('not_taken_apart');
  const item = onBench(state).find((each) => itemKey(each) === itemKey({ rma, item: id }));
  if (item === undefined) return refuse('unknown_item', 'item');
  if (isDone(state, item)) return refuse('units_finished', 'item');
  if (parts.length === 0) return refuse('nothing_left', 'parts');
  const values = parts.map(({ quantity, unitValue }) => quantity * unitValue);
  const bad = parts.findIndex(
    ({ quantity, unitValue }, index) =>
      !(isWhole(quantity) && quantity > 0 && isWhole(unitValue) && isWhole(values[index] ?? -1)),
  );
  if (bad >= 0) return refuse('amount_not_positive', `parts.${bad}`);
  const worth = values.reduce((sum, value) => sum + value, 0);
  const costs = worth <= item.cost ? values : split(item.cost, values);
  const harvested = parts.map(({ sku, quantity }, index) => ({ sku, quantity, cost: costs[index] ?? 0 }));
  return [{ type: 'taken_apart', rma, item: id, parts: harvested }];
}

/** All that is left at the bench is given up, with the figures that speak against it. */
export function giveUp(state: Opened): readonly RefurbishmentEvent[] {
  return onBench(state)
    .filter((item) => !isDone(state, item))
    .map((item) => {
      const { rma, item: id } = item;
      const quantity = unitsLeft(state, item);
      const serials = serialsLeft(state, item).slice(0, quantity);
      const units = { rma, item: id, quantity, serials };
      return { type: 'units_finished', units, outcome: 'given_up', facts: null, worth: worthOf(state) };
    });
}

/** Nobody has anything left to do to it. */
export const isDone = (state: Opened, item: ExecutionItem): boolean =>
  workOn(state, item).harvested !== null || unitsLeft(state, item) === 0;

const notTested = ({ disposition }: Opened): Refused | null =>
  disposition === 'harvest_parts' ? refuse('taken_apart_only') : null;

function wrongUnits(state: Opened, { rma, item: id, quantity, serials }: ItemUnits): Refused | null {
  const item = onBench(state).find((each) => itemKey(each) === itemKey({ rma, item: id }));
  if (item === undefined) return refuse('unknown_item', 'item');
  const left = workOn(state, item).harvested === null ? unitsLeft(state, item) : 0;
  if (!Number.isSafeInteger(quantity) || quantity < 1) return refuse('amount_not_positive', 'quantity');
  if (quantity > left) return refuse('units_finished', 'quantity', { asked: quantity, available: left });
  const known = serialsLeft(state, item);
  const strange = serials.some((serial) => !known.includes(serial)) || new Set(serials).size < serials.length;
  if (strange || serials.length > quantity) return refuse('serial_unknown', 'serials');
  // Which units these are has to be said where they have names and others stay.
  return known.length > 0 && quantity < left && serials.length < Math.min(quantity, known.length)
    ? refuse('serials_needed', 'serials')
    : null;
}

function serialsLeft(state: Opened, item: ExecutionItem): readonly string[] {
  const gone = new Set(workOn(state, item).done.flatMap(({ serials }) => serials));
  return item.serials.filter((serial) => !gone.has(serial));
}

const isWhole = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0;
