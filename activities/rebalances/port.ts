import type { Currency } from '../../domain/money/money.ts';
import type { RebalanceEffectOutcome } from '../../domain/rebalance/commands.ts';
import type { Edit, PlanTerms } from '../../domain/rebalance/plan/network.ts';

type Came<T extends RebalanceEffectOutcome['type']> = Extract<RebalanceEffectOutcome, { type: T }>;

/** Planning and its transfers, as a rebalancing sees them: counts and amounts, never a position. All may be asked again. */
export interface Rebalances {
  /**
   * Makes a plan of what is known of stock, demand, lanes and trips, and stores its lines. The positions are taken once for a
   * rebalancing, so that what people fix is planned with what they saw.
   */
  planRebalance(input: {
    readonly number: string;
    readonly plan: number;
    readonly currency: Currency;
    readonly terms: PlanTerms;
    readonly edits: readonly Edit[];
  }): Promise<Came<'planned'> | Came<'not_planned'>>;
  /** Starts some of the transfers of a plan, each once. */
  startTransfers(input: {
    readonly number: string;
    readonly plan: number;
    readonly currency: Currency;
    readonly first: number;
    readonly last: number;
  }): Promise<Came<'transfers_started'>>;
  /** Says what has become of its transfers. */
  lookAtTransfers(input: { readonly number: string }): Promise<Came<'transfers_seen'>>;
}
