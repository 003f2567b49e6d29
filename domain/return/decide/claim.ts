import { type ClaimState, cameAfterAll, claimsOf, followsClaims, valueOfUnits } from '../claims.ts';
import type { EffectOutcome, ReturnCommand } from '../commands.ts';
import { effectKey } from '../effect-key.ts';
import type { ReceivedItem } from '../events/items.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';

/** What a carrier has to pay for that came damaged under a label of ours: one claim for all of a parcel. */
export function claimDamage(state: Opened, parcel: string, damaged: readonly ReceivedItem[]): ReturnEvent[] {
  if (!followsClaims(state) || find(state.parcels, parcel)?.trackingNumber == null) return [];
  const amount = damaged.reduce((sum, { line, quantity }) => {
    const of = line === null ? undefined : state.lines[line];
    return of === undefined ? sum : sum + valueOfUnits(of, quantity);
  }, 0);
  if (amount === 0) return [];
  return [{ type: 'claim_wanted', parcel, kind: 'damaged', amount: { amount, currency: state.currency } }];
}

/** The carrier's answer, as its webhook or a person tells it. It comes late, twice, and after the return has closed. */
export function reportClaim(state: Opened, command: Extract<ReturnCommand, { type: 'report_claim' }>): Answer {
  const claim = find(state.claims ?? {}, command.claim);
  if (claim === undefined) return refuse('unknown_claim', 'claim');
  const events = command.outcome === 'paid' ? paid(state, claim, command.amount) : refused(claim);
  return 'refusal' in events || events.length === 0 || state.phase !== 'closed'
    ? events
    : [{ type: 'reopened' }, ...events];
}

function paid(state: Opened, claim: ClaimState, amount: { amount: number; currency: string } | undefined): Answer {
  if (amount === undefined || !Number.isSafeInteger(amount.amount) || amount.amount < 1) {
    return refuse('amount_not_positive', 'amount');
  }
  if (amount.currency !== state.currency) return refuse('other_currency', 'amount', { currency: state.currency });
  if (claim.state === 'paid') {
    return claim.paid === amount.amount ? [] : refuse('claim_answered', 'claim', { claim: claim.claim });
  }
  return [{ type: 'claim_paid', claim: claim.claim, amount }, ...obsolete(state, claim)];
}

function refused(claim: ClaimState): Answer {
  if (claim.state === 'paid') return refuse('claim_answered', 'claim', { claim: claim.claim });
  // One that was given up or withdrawn is at its end as it is.
  if (claim.state !== 'opened' && claim.state !== 'wanted') return [];
  return [{ type: 'claim_refused', claim: claim.claim }];
}

/** Paid for a parcel whose goods are here: the carrier has to be told. */
const obsolete = (state: Opened, claim: ClaimState): ReturnEvent[] =>
  claim.kind === 'lost' && cameAfterAll(state, claim.parcel) ? raise(state, 'claim_obsolete', claim.claim) : [];

/** A parcel that came after all needs no claim: it is withdrawn, or the carrier that has paid is told by a person. */
export function whatClaimsNeed(state: Opened): readonly ReturnEvent[] {
  if (!followsClaims(state)) return [];
  return claimsOf(state)
    .filter((claim) => claim.kind === 'lost' && claim.state === 'opened' && !claim.stands)
    .filter((claim) => cameAfterAll(state, claim.parcel))
    .map(({ claim }) => ({ type: 'claim_withdrawal_due', claim }));
}

/** Claims that were paid before the goods came. `offset` counts what the same command raised before. */
export function paidBefore(before: Opened, after: Opened, offset: number): ReturnEvent[] {
  return claimsOf(after)
    .filter(({ kind, state }) => kind === 'lost' && state === 'paid')
    .filter(({ parcel }) => cameAfterAll(after, parcel) && !cameAfterAll(before, parcel))
    .flatMap(({ claim }, index) => raise(after, 'claim_obsolete', claim, null, offset + index));
}

/** What came of opening a claim. */
export function claimOpened(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  const claim = find(state.claims ?? {}, subject);
  if (claim?.state !== 'wanted') return [];
  const { parcel, kind } = claim;
  const named = kind === 'lost' ? {} : { kind };
  if (outcome.type === 'claim_opened')
    return [{ type: 'claim_opened', parcel, providerId: outcome.providerId, ...named }];
  // Found in the meantime: nobody needs the claim.
  if (kind === 'lost' && find(state.parcels, parcel)?.lost !== true) return [{ type: 'claim_dropped', parcel }];
  return raise(state, 'claim_failed', subject, 'code' in outcome ? (outcome.code ?? null) : null);
}

/** What came of withdrawing one. A carrier that had decided already will say so: its answer is waited for. */
export function claimWithdrawn(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  if (find(state.claims ?? {}, subject)?.state !== 'withdrawing') return [];
  if (outcome.type === 'claim_withdrawn') {
    return [{ type: 'claim_withdrawn', claim: subject, withdrawn: outcome.withdrawn }];
  }
  if (outcome.type === 'refused') return [{ type: 'claim_withdrawn', claim: subject, withdrawn: false }];
  const code = 'code' in outcome ? (outcome.code ?? null) : null;
  return raise(state, 'void_failed', effectKey('withdraw_claim', subject), code);
}

/** A person gives up what a carrier owes. */
export function dropClaim(state: Opened, subject: string): ReturnEvent[] {
  const claim = find(state.claims ?? {}, subject);
  if (claim === undefined) return [{ type: 'claim_dropped', parcel: subject }];
  return [{ type: 'claim_dropped', parcel: claim.parcel, ...(claim.kind === 'lost' ? {} : { kind: claim.kind }) }];
}
