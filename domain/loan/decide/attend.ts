import { raise } from '../../process/attention.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import { type LoanResolution, loanAttention } from '../attention.ts';
import type { LoanCommand } from '../commands.ts';
import { deadlines } from '../due.ts';
import type { LoanEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { isAllSettled, type Opened, unitsOut } from '../state.ts';
import { lost } from './end-units.ts';
import { answered, overdueUpTo } from './extend.ts';
import { wanted } from './return.ts';

type Answer = readonly LoanEvent[] | Refused;

/** A person settles what the loan could not go on with. */
export function attend(
  state: Opened,
  { attention, resolution, note }: Extract<LoanCommand, { type: 'resolve' }>,
  at: Instant,
): Answer {
  const open = Object.hasOwn(state.attention, attention) ? state.attention[attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const allowed: readonly LoanResolution[] = loanAttention[open.reason];
  if (!allowed.includes(resolution)) {
    const params = { reason: open.reason, resolution, allowed: allowed.join(', ') };
    return refuse('resolution_not_allowed', 'resolution', params);
  }
  return [{ type: 'attention_resolved', attention, resolution, note }, ...consequences(state, open, resolution, at)];
}

function consequences(
  state: Opened,
  { attention, reason, subject }: Opened['attention'][string],
  resolution: LoanResolution,
  at: Instant,
): readonly LoanEvent[] {
  const { owed } = state;
  switch (resolution) {
    case 'acknowledge':
      return reason === 'loan_return_refused' ? [{ type: 'return_given_up', comingBack: subject }] : [];
    case 'agree':
    case 'refuse':
      return answered(state, resolution === 'agree', null, at);
    case 'retry':
      return retried(state, reason, subject);
    case 'paid':
      if (reason === 'loan_repayment') return [{ type: 'repaid', amount: -owed }];
      return [{ type: 'payment_recorded', reference: `${state.number}/${attention}`, amount: owed }];
    case 'write_off':
      return [{ type: 'written_off', amount: owed, to: 'write_off' }];
    case 'external':
      return [{ type: 'written_off', amount: owed, to: 'external_collection' }];
    default:
      return unreachable(resolution);
  }
}

function retried(state: Opened, reason: Opened['attention'][string]['reason'], subject: string): LoanEvent[] {
  if (reason === 'loan_return_refused') return [{ type: 'return_retried', comingBack: subject }];
  if (reason !== 'goods_not_back') return [];
  const units = unitsOut(state).filter(({ askedBack }) => askedBack === subject);
  return units.length === 0 ? [] : [wanted(state, units, 'person')];
}

/** A timer fired. It counts only if the state still has that deadline and its time has come. */
export function deadlinePassed(state: Opened, deadline: string, due: Instant, at: Instant): Answer {
  const still = deadlines(state).find((each) => each.deadline === deadline && each.at === due && due <= at);
  switch (still?.deadline) {
    case 'not_collected':
      return [{ type: 'cancelled', why: 'not_collected', note: null }];
    case 'reminder':
      return [{ type: 'reminded', due, until: state.until, over: state.termEnded }];
    case 'end':
      return [{ type: 'term_ended' }];
    case 'overdue':
      return [{ type: 'overdue' }, ...raise(state, 'loan_overdue', state.number, state.until)];
    case 'accrual':
      return overdueUpTo(state, due);
    case 'loss':
      return [lost(unitsOut(state), 'overdue')];
    default:
      return [];
  }
}

/** The database's own books disagree with the loan: it stays open until a person has looked, and is asked anew each time. */
export function ledgerDisagrees(state: Opened, detail: string): readonly LoanEvent[] {
  if (state.closedAt !== null) return [];
  const asked = Object.values(state.attention).filter(({ reason }) => reason === 'reconciliation');
  return [
    ...asked.map(
      ({ attention }) => ({ type: 'attention_resolved', attention, resolution: 'retry', note: null }) as const,
    ),
    { type: 'reconciliation_required', disagreements: [detail] },
    ...raise({ attention: {}, attentionRaised: state.attentionRaised }, 'reconciliation', state.number, detail),
  ];
}

/** Takes out of the people's queue what has settled itself. */
export function resolveMoot(state: Opened): readonly LoanEvent[] {
  return Object.values(state.attention).flatMap((open): LoanEvent[] =>
    isMoot(state, open)
      ? [
          { type: 'attention_resolved', attention: open.attention, resolution: 'acknowledge', note: null },
          ...(open.reason === 'loan_return_refused' && state.returns[open.subject]?.state === 'wanted'
            ? [{ type: 'return_given_up', comingBack: open.subject } as const]
            : []),
        ]
      : [],
  );
}

function isMoot(state: Opened, { reason, subject }: Opened['attention'][string]): boolean {
  const out = unitsOut(state);
  switch (reason) {
    case 'extension_asked':
      return state.extension?.extension !== subject || out.length === 0;
    case 'loan_overdue':
      return !state.isOverdue || out.length === 0;
    case 'loan_return_refused':
      return state.returns[subject]?.state !== 'wanted' || !out.some(({ askedBack }) => askedBack === subject);
    case 'goods_not_back':
      return !out.some(({ askedBack }) => askedBack === subject);
    case 'borrower_owes':
    case 'loan_repayment':
      return !isAllSettled(state) || state.owed !== state.askedFor;
    case 'reconciliation':
      return false;
    default:
      return unreachable(reason);
  }
}
