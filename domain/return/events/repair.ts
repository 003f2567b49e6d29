import type { Units } from '../../goods/units.ts';
import type { Instrument } from '../../policy/policy.ts';
import type { GoodsOut } from '../exchange.ts';
import type { CoveredUnit } from './warranty.ts';

/** Why goods don't go back to their owner mended: they can't be mended, it costs too much, or a person decided so. */
export const repairEndings = ['not_repairable', 'too_costly', 'withdrawn'] as const;
export type RepairEnding = (typeof repairEndings)[number];

/** What happens to goods that their owner wants back mended. */
export type RepairEvent =
  /** Their owner gets something else for them, and they are ours. */
  | {
      readonly type: 'repair_ended';
      readonly item: string;
      readonly why: RepairEnding;
      readonly instead: Instrument;
      /** Null where the rules made it so. */
      readonly note: string | null;
    }
  /** The same again goes out for all that wasn't repaired. */
  | { readonly type: 'replacement_wanted'; readonly exchange: string; readonly goods: readonly GoodsOut[] }
  /** They are back with their owner, who may claim for them again; by serial, until when they are covered. */
  | {
      readonly type: 'repair_returned';
      readonly item: string;
      readonly line: string;
      readonly units: Units;
      readonly serials: readonly CoveredUnit[];
      /** Their owner paid for it, or was to. Absent: they were repaired under their warranty. */
      readonly paid?: true;
    };
