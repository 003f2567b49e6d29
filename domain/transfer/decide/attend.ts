import { raise } from '../../process/attention.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import { type TransferAttentionReason, type TransferResolution, transferAttention } from '../attention.ts';
import type { TransferCommand } from '../commands.ts';
import type { TransferEvent } from '../events.ts';
import { questions } from '../questions.ts';
import { type Refused, refuse } from '../refusals.ts';
import { inTransit, isAtOrigin, isUnderWay, lineOf, type Opened } from '../state.ts';
import { stoppedBy, stoppedLines } from '../stopped.ts';
import { callOff } from './end.ts';
import { restOf } from './receive.ts';

type Answer = readonly TransferEvent[] | Refused;

/** A person settles what the transfer could not go on with. What can't be done now is refused, and stays open. */
export function attend(state: Opened, command: Extract<TransferCommand, { type: 'resolve' }>, at: Instant): Answer {
  const { resolution, note } = command;
  const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const { attention, reason, subject } = open;
  const allowed: readonly TransferResolution[] = transferAttention[reason];
  if (!allowed.includes(resolution)) {
    return refuse('resolution_not_allowed', 'resolution', { reason, resolution, allowed: allowed.join(', ') });
  }
  const follows = consequences(state, { reason, subject, resolution, note }, at);
  return 'refusal' in follows ? follows : [{ type: 'attention_resolved', attention, resolution, note }, ...follows];
}

type Settled = {
  readonly reason: TransferAttentionReason;
  readonly subject: string;
  readonly resolution: TransferResolution;
  readonly note: string;
};

function consequences(state: Opened, { reason, subject, resolution, note }: Settled, at: Instant): Answer {
  if (resolution === 'cancel') return callOff(state, note, at);
  switch (reason) {
    case 'transfer_out_of_stock':
      return [{ type: 'reservation_retried', partial: resolution === 'take_what_is_there' }];
    case 'transfer_short_pick':
      return resolution === 'pick_again' ? [{ type: 'pick_undone' }] : [];
    case 'transfer_short':
      return settleShort(state, subject, resolution);
    case 'transfer_damaged':
      return settleDamaged(state, subject, resolution);
    case 'transfer_surplus':
      return settleSurplus(state, subject, resolution);
    case 'transfer_claim_late':
      return resolution === 'wait' ? [] : [{ type: 'claim_settled', claim: subject, paid: 0, reference: null }];
    case 'goods_recalled':
      return settleRecalled(state, subject, resolution);
    case 'reconciliation':
      return [{ type: 'reconciliation_retried' }];
    case 'transfer_late':
    case 'claim_obsolete':
    case 'stock_count_due':
      return [];
    default:
      return unreachable(reason);
  }
}

function settleShort(state: Opened, line: string, way: TransferResolution): Answer {
  const rest = restOf(state, line);
  switch (way) {
    case 'wait':
      return [{ type: 'rest_awaited' }];
    case 'claim':
      return [
        { type: 'lost', ...rest, cause: 'carrier' },
        { type: 'claim_opened', claim: `C${Object.keys(state.claims).length + 1}`, ...rest },
      ];
    case 'found_at_origin': {
      const recall = stoppedBy(state, lineOf(state, line));
      return recall === null ? [{ type: 'found_at_origin', ...rest }] : refuse('goods_stopped', undefined, { recall });
    }
    default:
      return [{ type: 'lost', ...rest, cause: 'unknown' }];
  }
}

function settleDamaged(state: Opened, held: string, way: TransferResolution): Answer {
  const hold = state.holds[held];
  const recall = hold === undefined ? null : stoppedBy(state, lineOf(state, hold.line));
  if (way === 'restock' && recall !== null) return refuse('goods_stopped', undefined, { recall });
  return [{ type: 'hold_ended', held, into: way === 'restock' ? 'stock' : 'disposed_of' }];
}

function settleSurplus(state: Opened, surplus: string, way: TransferResolution): Answer {
  const here = state.surpluses[surplus];
  if (way !== 'accept' || here === undefined) return [{ type: 'surplus_left_out', surplus }];
  const recall = stoppedBy(state, here);
  return recall === null ? [{ type: 'surplus_accepted', surplus }] : refuse('goods_stopped', undefined, { recall });
}

/** What is still at the origin stays there; what has left is destroyed once all of it has come. */
function settleRecalled(state: Opened, recall: string, way: TransferResolution): Answer {
  const stopped = stoppedLines(state, recall);
  if (isAtOrigin(state)) {
    if (way !== 'take_out') return refuse('not_shipped_yet');
    return [{ type: 'lines_taken_out', recall, lines: stopped.map(({ line }) => line) }];
  }
  if (way !== 'destroyed') return refuse('already_shipped');
  if (stopped.some((line) => inTransit(line) > 0)) return refuse('still_under_way');
  const ids = stopped.map(({ line }) => line);
  return Object.values(state.holds).flatMap(({ held, line, cause }): TransferEvent[] =>
    cause === 'recalled' && ids.includes(line) ? [{ type: 'hold_ended', held, into: 'disposed_of' }] : [],
  );
}

/** The people's queue, kept as the transfer's questions are: one entry at a time, as each is named by how many there were. */
export function keepQueue(state: Opened): readonly TransferEvent[] {
  const asked = questions(state);
  const moot = Object.values(state.attention).find(
    (open) => !asked.some(({ reason, subject }) => reason === open.reason && subject === open.subject),
  );
  if (moot !== undefined) {
    return [{ type: 'attention_resolved', attention: moot.attention, resolution: 'acknowledge', note: null }];
  }
  for (const { reason, subject, detail } of asked) {
    const raised = raise(state, reason, subject, detail);
    if (raised.length > 0) return raised;
  }
  return [];
}

/** The database's own books disagree with the transfer: it stays open until a person has looked. */
export const ledgerDisagrees = (state: Opened, detail: string): readonly TransferEvent[] =>
  state.closedAt === null && (isUnderWay(state) || state.status === 'cancelled')
    ? [{ type: 'reconciliation_required', disagreements: [detail] }]
    : [];
