import type { ReceivedUnits, TransferCommand } from '../commands.ts';
import type { LineUnits, TransferEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { inTransit, isAtOrigin, isUnderWay, type Opened, type TransferLine } from '../state.ts';
import { stoppedBy } from '../stopped.ts';
import { isCount, sameTwice } from './send.ts';

type Answer = readonly TransferEvent[] | Refused;

/**
 * What came, in one of as many parts as it takes. Whole units join the stock; damaged ones, and those that a recall has stopped,
 * wait in quarantine; what is on no line, or more than was sent, waits for a person.
 */
export function receive(state: Opened, command: Extract<TransferCommand, { type: 'receive' }>): Answer {
  const { lines, others, last } = command;
  if (isAtOrigin(state)) return refuse('not_shipped_yet');
  if (!isUnderWay(state)) return refuse('transfer_closed');
  if (lines.length === 0 && others.length === 0 && !last) return refuse('nothing_named', 'lines');
  const twice = sameTwice(lines);
  if (twice !== null) return twice;
  const wrong = lines.findIndex(({ good, damaged }) => !isCount(good) || !isCount(damaged));
  if (wrong >= 0) return refuse('quantity_not_valid', `lines.${wrong}.good`);
  const unknown = lines.findIndex(({ line }) => (state.lines[line]?.shipped ?? 0) === 0);
  if (unknown >= 0) return refuse('unknown_line', `lines.${unknown}.line`);
  const odd = others.findIndex(({ quantity }) => !isCount(quantity) || quantity === 0);
  if (odd >= 0) return refuse('quantity_not_valid', `others.${odd}.quantity`);

  const shares = lines.flatMap((came) => {
    const line = state.lines[came.line];
    return line === undefined ? [] : [share(state, line, came)];
  });
  const receipt = `R${state.receipts + 1}`;
  const whole = shares.flatMap(({ line, good }) => (good > 0 ? [{ line: line.line, quantity: good }] : []));
  const surplus = [
    ...shares.flatMap(({ line: { sku, lot }, surplus: quantity }) => (quantity > 0 ? [{ sku, lot, quantity }] : [])),
    ...others,
  ];
  const held = shares.flatMap(({ line: { line }, damaged, recalled }) => [
    { line, quantity: damaged, cause: 'damaged' as const },
    { line, quantity: recalled, cause: 'recalled' as const },
  ]);
  return [
    ...shares.flatMap(({ line: { line }, found }): TransferEvent[] =>
      found > 0 ? [{ type: 'found', line, quantity: found }] : [],
    ),
    { type: 'received', receipt, lines: whole, last },
    ...held
      .filter(({ quantity }) => quantity > 0)
      .map((each, index): TransferEvent => ({ type: 'held_back', held: `H${state.heldBack + 1 + index}`, ...each })),
    ...surplus.map(
      (each, index): TransferEvent => ({
        type: 'surplus_found',
        surplus: `S${state.surplusesFound + 1 + index}`,
        receipt,
        ...each,
      }),
    ),
  ];
}

/** Units that were given up come after the transfer has closed: it is open again until they are counted. */
export function receiveAfterAll(state: Opened, command: Extract<TransferCommand, { type: 'receive' }>): Answer {
  const isGivenUp = command.lines.some(({ line: id, good, damaged }) => {
    const line = Object.hasOwn(state.lines, id) ? state.lines[id] : undefined;
    return line !== undefined && line.lost + line.atOrigin > 0 && (good > 0 || damaged > 0);
  });
  if (!isGivenUp) return refuse('transfer_closed');
  const came = receive({ ...state, status: 'receiving' }, command);
  return 'refusal' in came ? came : [{ type: 'reopened' }, ...came];
}

type Share = {
  readonly line: TransferLine;
  readonly good: number;
  readonly damaged: number;
  readonly recalled: number;
  /** Units that were taken for lost. */
  readonly found: number;
  readonly surplus: number;
};

/** What of it was under way, what had been given up, and what is more than was ever sent. */
function share(state: Opened, line: TransferLine, { good, damaged }: ReceivedUnits): Share {
  const onItsWay = inTransit(line);
  const found = Math.min(line.lost, Math.max(0, good + damaged - onItsWay));
  const awaited = onItsWay + found;
  const broken = Math.min(damaged, awaited);
  const sound = Math.min(good, awaited - broken);
  const isStopped = stoppedBy(state, line) !== null;
  return {
    line,
    damaged: broken,
    good: isStopped ? 0 : sound,
    recalled: isStopped ? sound : 0,
    found,
    surplus: good + damaged - broken - sound,
  };
}

/** What is left of a line under way; none of it is where it should be. */
export const restOf = (state: Opened, line: string): LineUnits => {
  const its = state.lines[line];
  return { line, quantity: its === undefined ? 0 : inTransit(its) };
};
