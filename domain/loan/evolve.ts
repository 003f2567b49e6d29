import { evolveAttention } from '../process/attention.ts';
import { evolving } from '../process/beginning.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { LetGo, LoanEvent } from './events.ts';
import { evolveReturns } from './evolve/returns.ts';
import { evolveUnits } from './evolve/units.ts';
import { type LoanState, type Opened, opened } from './state.ts';

export const { evolve, fold } = evolving<LoanState, Opened, LoanEvent, 'requested'>({
  first: 'requested',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => evolveOpened(state, event, at),
});

function open({ number, request }: Extract<LoanEvent, { type: 'requested' }>, at: Instant): Opened {
  const { units, ...agreed } = request;
  return {
    ...agreed,
    status: 'opened',
    number,
    units: Object.fromEntries(
      units.map((unit) => [
        unit.unit,
        {
          ...unit,
          ...{
            stage: 'reserved',
            handedOver: null,
            until: request.until,
            endedAt: null,
            gradeBack: null,
            askedBack: null,
          },
          ...{ fee: 0, feeBefore: 0, damage: 0, price: 0 },
        },
      ]),
    ),
    firstUntil: request.until,
    handedOverAt: null,
    remindedTo: at,
    termEnded: false,
    isOverdue: false,
    accruedTo: null,
    extension: null,
    extensions: 0,
    returns: {},
    ...{ held: 0, owed: 0, extensionFees: 0, paid: 0, waived: 0, writtenOff: 0, setOff: 0, repaid: 0 },
    ...{ letGo: [], toReverse: 0 },
    askedFor: 0,
    payments: [],
    cancelled: false,
    outcome: null,
    attention: {},
    attentionRaised: 0,
    openedAt: at,
    closedAt: null,
  };
}

function evolveOpened(state: Opened, event: Exclude<LoanEvent, { type: 'requested' }>, at: Instant): Opened {
  switch (event.type) {
    case 'handed_over':
      return { ...evolveUnits(state, event, at), handedOverAt: at, remindedTo: at };
    case 'reminded':
      return { ...state, remindedTo: event.due };
    case 'extension_asked': {
      const { extension, until } = event;
      return { ...state, extension: { extension, until }, extensions: state.extensions + 1 };
    }
    case 'extension_agreed': {
      const longer = { ...state, until: event.until, remindedTo: at, termEnded: false, isOverdue: false };
      const owed = state.owed + event.fee;
      const fees = { extension: null, extensionFees: state.extensionFees + event.fee, owed };
      return evolveReturns(evolveUnits({ ...longer, ...fees }, event, at), event);
    }
    case 'extension_refused':
      return { ...state, extension: null };
    case 'term_ended':
      return { ...evolveUnits(state, event, at), termEnded: true };
    case 'overdue':
      return { ...state, isOverdue: true };
    case 'fees_accrued': {
      const { upTo } = event;
      const accruedTo = state.accruedTo === null || state.accruedTo < upTo ? upTo : state.accruedTo;
      return { ...evolveUnits(state, event, at), accruedTo };
    }
    case 'units_lost':
    case 'units_found':
    case 'units_bought':
      return evolveUnits(state, event, at);
    case 'return_wanted':
    case 'return_heard':
      return evolveReturns(evolveUnits(state, event, at), event);
    case 'return_started':
    case 'return_retried':
    case 'return_withdrawn':
    case 'return_given_up':
      return evolveReturns(state, event);
    case 'attention_raised': {
      const isMoney = event.reason === 'borrower_owes' || event.reason === 'loan_repayment';
      return { ...evolveAttention(state, event, at), askedFor: isMoney ? state.owed : state.askedFor };
    }
    case 'attention_resolved':
      return evolveAttention(state, event, at);
    case 'cancelled':
      return { ...evolveUnits(state, event, at), cancelled: true };
    case 'reopened':
      return { ...state, closedAt: null, outcome: null };
    case 'reconciliation_required':
      return state;
    case 'closed':
      return { ...state, outcome: event.outcome, closedAt: at };
    default:
      return evolveMoney(state, event);
  }
}

type MoneyEvent = Extract<
  LoanEvent,
  {
    readonly type:
      | 'deposit_taken'
      | 'payment_recorded'
      | 'waived'
      | 'deposit_set_off'
      | 'repaid'
      | 'written_off'
      | 'let_go_reversed';
  }
>;

/** `owed` goes with the ledger's receivable: each of these is one posting on it, but for the deposit that is taken. */
function evolveMoney(state: Opened, event: MoneyEvent): Opened {
  const { amount } = event;
  const less = state.owed - amount;
  switch (event.type) {
    case 'deposit_taken':
      return { ...state, held: state.held + amount };
    case 'payment_recorded':
      return { ...state, owed: less, paid: state.paid + amount, payments: [...state.payments, event.reference] };
    case 'waived':
      return {
        ...state,
        owed: less,
        waived: state.waived + amount,
        letGo: [...state.letGo, { to: 'goodwill', amount }],
      };
    case 'deposit_set_off':
      return { ...state, owed: less, held: state.held - amount, setOff: state.setOff + amount };
    case 'repaid':
      return { ...state, owed: state.owed + amount, repaid: state.repaid + amount };
    case 'written_off':
      return {
        ...state,
        ...{ owed: less, writtenOff: state.writtenOff + amount },
        letGo: [...state.letGo, { to: event.to, amount }],
      };
    case 'let_go_reversed':
      return reversed({ ...state, owed: state.owed + amount, toReverse: state.toReverse - amount }, event);
    default:
      return unreachable(event);
  }
}

/** It is always of what was let go last. */
function reversed(state: Opened, { to, amount }: LetGo): Opened {
  const last = state.letGo.at(-1);
  const rest = last === undefined || last.amount <= amount ? [] : [{ ...last, amount: last.amount - amount }];
  const letGo = [...state.letGo.slice(0, -1), ...rest];
  return to === 'goodwill'
    ? { ...state, letGo, waived: state.waived - amount }
    : { ...state, letGo, writtenOff: state.writtenOff - amount };
}
