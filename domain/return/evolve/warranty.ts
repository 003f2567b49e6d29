import { joinUnits } from '../../goods/units.ts';
import type { WarrantyEvent } from '../events/warranty.ts';
import type { Opened } from '../state.ts';
import { changeLine } from './lines.ts';

/** The units that came back for a replacement are their buyer's again, as the new ones. */
export const evolveWarranty = (state: Opened, { lines }: WarrantyEvent): Opened =>
  lines.reduce(
    (now, { line, units }) =>
      changeLine(now, line, (each) => ({ ...each, replacedUnits: joinUnits(each.replacedUnits ?? [], units) })),
    state,
  );
