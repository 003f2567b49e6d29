import type { Instant } from '../../duration.ts';
import { raise } from '../../execution/attention.ts';
import { itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { type Told, toldOf } from '../../execution/telling.ts';
import { unreachable } from '../../unreachable.ts';
import { type VendorReturnReason, type VendorReturnResolution, vendorReturnAttention } from '../attention.ts';
import type { VendorReturnCommand } from '../commands.ts';
import { deadlines } from '../due.ts';
import type { VendorReturnEvent } from '../events.ts';
import { hasShipped, type Opened, owed } from '../state.ts';
import { writeOff } from './credit.ts';

type Answer = readonly VendorReturnEvent[] | Refused;

/** A person settles what the vendor return could not go on with. */
export function attend(state: Opened, command: Extract<VendorReturnCommand, { type: 'resolve' }>): Answer {
  const { resolution, note } = command;
  const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const { attention, reason, subject } = open;
  const allowed: readonly VendorReturnResolution[] = vendorReturnAttention[reason];
  if (!allowed.includes(resolution)) {
    return refuse('resolution_not_allowed', 'resolution', { reason, resolution, allowed: allowed.join(', ') });
  }
  return [
    { type: 'attention_resolved', attention, resolution, note },
    ...consequences(state, reason, subject, resolution),
  ];
}

function consequences(
  state: Opened,
  reason: VendorReturnReason,
  subject: string,
  resolution: VendorReturnResolution,
): VendorReturnEvent[] {
  switch (resolution) {
    case 'acknowledge':
      return [];
    case 'dispute':
      return hasShipped(state) ? [{ type: 'disputed', amount: owed(state) }] : [];
    case 'write_off': {
      const answer = writeOff(state, null);
      return 'refusal' in answer ? [] : [...answer];
    }
    case 'retry': {
      if (reason === 'reconciliation') return [{ type: 'reconciliation_retried' }];
      const item = Object.values(state.items).find((each) => itemKey(each) === subject);
      return item === undefined ? [] : [{ type: 'item_retried', rma: item.rma, item: item.item }];
    }
    default:
      return unreachable(resolution);
  }
}

/** A timer fired. It counts only if the state still has that deadline and its time has come. */
export function deadlinePassed(state: Opened, deadline: string, due: Instant, at: Instant): Answer {
  const still = deadlines(state).find((each) => each.deadline === deadline && each.at === due && due <= at);
  if (still === undefined) return [];
  return [{ type: 'overdue', what: still.deadline }, ...raise(state, `vendor_${still.deadline}_late`, state.number)];
}

/** A return has answered; where it refused what it had let us do, a person looks. */
export function told(state: Opened, effect: string, outcome: Told): Answer {
  return toldOf(state.items, effect, outcome).flatMap((event): VendorReturnEvent[] =>
    event.type === 'item_stranded' ? [event, ...raise(state, 'item_stranded', itemKey(event), event.code)] : [event],
  );
}

/**
 * The database's own books disagree with the process: it stays open until a person has looked. One who was about to
 * close it is asked anew: else the same answer would try to close it for ever.
 */
export function ledgerDisagrees(state: Opened, detail: string): Answer {
  if (state.status === 'closed') return [];
  const asked = Object.values(state.attention).filter(({ reason }) => reason === 'reconciliation');
  return [
    ...asked.map(
      ({ attention }) => ({ type: 'attention_resolved', attention, resolution: 'retry', note: null }) as const,
    ),
    { type: 'reconciliation_required', disagreements: [detail] },
    ...raise({ ...state, attention: {} }, 'reconciliation', state.number, detail),
  ];
}

/** Takes out of the people's queue what has settled itself: the number came after all, the rest was credited. */
export function resolveMoot(state: Opened): readonly VendorReturnEvent[] {
  return Object.values(state.attention).flatMap(({ attention, reason }): VendorReturnEvent[] =>
    isMoot(state, reason) ? [{ type: 'attention_resolved', attention, resolution: 'acknowledge', note: null }] : [],
  );
}

function isMoot(state: Opened, reason: VendorReturnReason): boolean {
  switch (reason) {
    case 'vendor_authorization_late':
      return state.status !== 'requested';
    case 'vendor_shipment_late':
      return state.status !== 'authorized';
    case 'vendor_credit_late':
    case 'vendor_short_paid':
      return state.status !== 'shipped';
    case 'vendor_dispute_late':
      return state.status !== 'disputed';
    case 'item_stranded':
    case 'reconciliation':
      return false;
    default:
      return unreachable(reason);
  }
}
