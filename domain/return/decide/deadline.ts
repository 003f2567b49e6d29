import type { Instant } from '../../time/duration.ts';
import { deadlines } from '../deadlines.ts';
import { effectKey } from '../effect-key.ts';
import type { ReturnEvent } from '../events.ts';
import { raise } from '../raise.ts';
import type { Opened } from '../state.ts';
import { release } from './cancel.ts';
import { remind } from './claw-back.ts';
import { exchangeOverdue } from './exchange.ts';
import { goodsOverdue } from './hold.ts';
import { quoteOverdue } from './paid-repair.ts';
import { choiceOverdue } from './rejection.ts';

/**
 * A timer fired. It counts only if the state still has that deadline and its time has come: a message may have been
 * quicker, or the deadline moved.
 */
export function deadlinePassed(state: Opened, deadline: string, due: Instant, at: Instant): readonly ReturnEvent[] {
  const still = deadlines(state).find((each) => each.deadline === deadline && each.at === due && due <= at);
  if (still === undefined) return [];
  const [name, subject = ''] = deadline.split(/:(.*)/);
  switch (name) {
    case 'reminder':
      return [{ type: 'receipt_reminded', due }];
    case 'escalation':
      return [{ type: 'receipt_escalated', due }, ...raise(state, 'receipt_late', state.rma)];
    case 'expiry':
      return [{ type: 'expired' }, ...release(state, 'expired')];
    case 'lost':
      return [{ type: 'parcel_lost', parcel: subject }, ...raise(state, 'parcel_lost', subject)];
    case 'pickup':
      return [{ type: 'pickup_failed', pickup: subject, cause: 'silence' }];
    case 'inspection':
      return [{ type: 'inspection_overdue', item: subject }, ...raise(state, 'inspection_late', subject)];
    case 'disposition':
      return [{ type: 'disposition_overdue', item: subject }, ...raise(state, 'disposition_late', subject)];
    case 'claim':
      return [{ type: 'claim_overdue', claim: subject }, ...raise(state, 'claim_unanswered', subject)];
    case 'choice':
      return choiceOverdue(state, subject);
    case 'quote':
      return quoteOverdue(state, subject);
    case 'exchange':
      return exchangeOverdue(state, at);
    case 'hold':
      return goodsOverdue(state);
    case 'dunning':
      return remind(state, subject);
    case 'refund':
      return [{ type: 'effect_retried', effect: effectKey(askedBy(state, subject), subject) }];
    default:
      return [];
  }
}

const askedBy = (state: Opened, refund: string): 'refund' | 'issue_credit_memo' =>
  state.refunds[refund]?.to === 'credit_memo' ? 'issue_credit_memo' : 'refund';
