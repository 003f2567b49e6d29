import type { DispositionChannel } from './policy.ts';

/** Where an item goes. */
export type Disposition =
  | DispositionChannel
  | 'rework'
  | 'repair_and_return'
  | 'harvest_parts'
  | 'return_to_customer'
  | 'quarantine';

/** Why dispositions are barred; each veto names what it leaves. No role overrides one, only evidence lifts it. */
export type VetoCode = 'recalled' | 'expired' | 'contaminated' | 'opened_hygiene' | 'hazardous' | 'lot_unknown';

/** One option as it was weighed; minor units of the return's currency for the whole item. */
export type Alternative = {
  readonly disposition: DispositionChannel;
  readonly price: number;
  readonly handling: number;
  readonly decay: number;
  readonly net: number;
};

export type DispositionChoice = {
  readonly disposition: Disposition;
  readonly alternatives: readonly Alternative[];
  readonly vetoes: readonly VetoCode[];
};
