import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import { type ClaimKind, type ClaimState, claimOf } from '../claims.ts';
import { effectKey } from '../effect-key.ts';
import type { ClaimEvent } from '../events/claims.ts';
import type { Opened } from '../state.ts';

export function evolveClaims(state: Opened, event: ClaimEvent, at: Instant): Opened {
  switch (event.type) {
    case 'claim_wanted':
      return wantClaim(state, event.parcel, event.kind, event.amount.amount);
    case 'claim_opened': {
      const claim = claimOf(event.parcel, event.kind ?? 'lost');
      return changeClaim(state, claim, { state: 'opened', providerId: event.providerId, waitsSince: at });
    }
    case 'claim_dropped': {
      const claim = claimOf(event.parcel, event.kind ?? 'lost');
      // Lost once more, the parcel gets another claim: an effect of its own.
      const key = effectKey('open_claim', claim);
      const retries = { ...state.retries, [key]: (state.retries[key] ?? 0) + 1 };
      return { ...changeClaim(state, claim, { state: 'dropped' }), retries };
    }
    case 'claim_overdue':
      return changeClaim(state, event.claim, { overdue: true });
    case 'claim_paid':
      return changeClaim(state, event.claim, { state: 'paid', paid: event.amount.amount });
    case 'claim_refused':
      return changeClaim(state, event.claim, { state: 'refused' });
    case 'claim_withdrawal_due':
      return changeClaim(state, event.claim, { state: 'withdrawing' });
    case 'claim_withdrawn':
      // The carrier had decided: its answer is waited for anew, also where a person had been asked about it before.
      return changeClaim(
        state,
        event.claim,
        event.withdrawn ? { state: 'withdrawn' } : { state: 'opened', stands: true, waitsSince: at, overdue: false },
      );
    default:
      return unreachable(event);
  }
}

/** A claim that the carrier has or is about to get stays as it is; one that came to its end makes room for another. */
export function wantClaim(state: Opened, parcel: string, kind: ClaimKind, amount: number): Opened {
  const claim = claimOf(parcel, kind);
  const before = state.claims?.[claim];
  if (before !== undefined && !['dropped', 'withdrawn'].includes(before.state)) return state;
  const wanted: ClaimState = {
    claim,
    parcel,
    kind,
    state: 'wanted',
    round: (before?.round ?? 0) + 1,
    amount,
    paid: null,
    providerId: null,
    waitsSince: null,
    overdue: false,
    stands: false,
  };
  return { ...state, claims: { ...state.claims, [claim]: wanted } };
}

/** Whoever acknowledges that no answer came hears of it again after as long. */
export function awaitAnswer(state: Opened, claim: string, at: Instant): Opened {
  const waits = state.claims?.[claim]?.state === 'opened';
  return waits ? changeClaim(state, claim, { waitsSince: at, overdue: false }) : state;
}

function changeClaim(state: Opened, id: string, change: Partial<ClaimState>): Opened {
  const claim = state.claims?.[id];
  // Opened before claims had records of their own: there is nothing to follow.
  if (claim === undefined) return state;
  return { ...state, claims: { ...state.claims, [id]: { ...claim, ...change } } };
}
