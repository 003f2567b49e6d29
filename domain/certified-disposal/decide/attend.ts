import { attending } from '../../execution/attend.ts';
import type { OwnReason } from '../../execution/attention.ts';
import { raise } from '../../process/attention.ts';
import { unreachable } from '../../unreachable.ts';
import { type CertifiedDisposalReason, certifiedDisposalAttention } from '../attention.ts';
import { type Due, deadlines } from '../due.ts';
import type { CertifiedDisposalEvent } from '../events.ts';
import { isProved, type Opened } from '../state.ts';

/** What people settle, and what times and the returns' answers lead to. */
export const { decideCommon, resolveMoot } = attending({
  attention: certifiedDisposalAttention,
  deadlines,
  consequences: reject,
  overdue,
  hasLeft: ({ status }) => status !== 'requested',
  takesRecalled: ({ disposition }) => disposition === 'destroy',
  isMoot,
});

/** The one way of its own in which a person settles something. */
function reject({ certificate }: Opened): readonly CertifiedDisposalEvent[] {
  return certificate === null ? [] : [{ type: 'certificate_rejected', certificate: certificate.certificate }];
}

function overdue(state: Opened, { deadline, at }: Due): readonly CertifiedDisposalEvent[] {
  if (deadline === 'reminder') return [{ type: 'reminded', due: at }];
  return [{ type: 'overdue', what: deadline }, ...raise(state, `${deadline}_late`, state.number)];
}

/** The goods left after all, the certificate came. */
function isMoot(state: Opened, { reason }: { readonly reason: OwnReason<CertifiedDisposalReason> }): boolean {
  switch (reason) {
    case 'handover_late':
      return state.status !== 'requested';
    case 'certificate_late':
      return state.status !== 'handed_over' || isProved(state);
    case 'certificate_weight_differs':
      return state.status !== 'handed_over' || state.certificate === null;
    default:
      return unreachable(reason);
  }
}
