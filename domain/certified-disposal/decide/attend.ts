import type { Instant } from '../../duration.ts';
import { raise } from '../../execution/attention.ts';
import { itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { type Told, toldOf } from '../../execution/telling.ts';
import { unreachable } from '../../unreachable.ts';
import {
  type CertifiedDisposalReason,
  type CertifiedDisposalResolution,
  certifiedDisposalAttention,
} from '../attention.ts';
import type { CertifiedDisposalCommand } from '../commands.ts';
import { deadlines } from '../due.ts';
import type { CertifiedDisposalEvent } from '../events.ts';
import { isProved, type Opened } from '../state.ts';

type Answer = readonly CertifiedDisposalEvent[] | Refused;

/** A person settles what the disposal could not go on with. */
export function attend(state: Opened, command: Extract<CertifiedDisposalCommand, { type: 'resolve' }>): Answer {
  const { resolution, note } = command;
  const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const { attention, reason, subject } = open;
  const allowed: readonly CertifiedDisposalResolution[] = certifiedDisposalAttention[reason];
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
  reason: CertifiedDisposalReason,
  subject: string,
  resolution: CertifiedDisposalResolution,
): CertifiedDisposalEvent[] {
  switch (resolution) {
    case 'acknowledge':
      return [];
    case 'reject': {
      const { certificate } = state;
      return certificate === null ? [] : [{ type: 'certificate_rejected', certificate: certificate.certificate }];
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
  if (still.deadline === 'reminder') return [{ type: 'reminded', due }];
  return [{ type: 'overdue', what: still.deadline }, ...raise(state, `${still.deadline}_late`, state.number)];
}

/** A return has answered; where it refused what it had let us do, a person looks. */
export function told(state: Opened, effect: string, outcome: Told): Answer {
  return toldOf(state.items, effect, outcome).flatMap((event): CertifiedDisposalEvent[] =>
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

/** Takes out of the people's queue what has settled itself: the goods left after all, the certificate came. */
export function resolveMoot(state: Opened): readonly CertifiedDisposalEvent[] {
  return Object.values(state.attention).flatMap(({ attention, reason }): CertifiedDisposalEvent[] =>
    isMoot(state, reason) ? [{ type: 'attention_resolved', attention, resolution: 'acknowledge', note: null }] : [],
  );
}

function isMoot(state: Opened, reason: CertifiedDisposalReason): boolean {
  switch (reason) {
    case 'handover_late':
      return state.status !== 'requested';
    case 'certificate_late':
      return state.status !== 'handed_over' || isProved(state);
    case 'certificate_weight_differs':
      return state.status !== 'handed_over' || state.certificate === null;
    case 'item_stranded':
    case 'reconciliation':
      return false;
    default:
      return unreachable(reason);
  }
}
