import { joinUnits } from '../../goods/units.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import type { LineUnits } from '../events/lines.ts';
import type { RepairEvent } from '../events/repair.ts';
import type { Opened } from '../state.ts';
import { wantReplacement } from './exchange.ts';
import { changeItem } from './items.ts';
import { changeLine } from './lines.ts';

export function evolveRepair(state: Opened, event: RepairEvent, at: Instant): Opened {
  switch (event.type) {
    case 'repair_ended': {
      // It chooses its way anew, as ours.
      const chooses =
        state.items[event.item]?.stage === 'disposing' ? ({ stage: 'inspected', choice: null } as const) : {};
      return changeItem(state, event.item, { instead: event.instead, ...chooses, overdue: false });
    }
    case 'replacement_wanted':
      return wantReplacement(state, event, at);
    case 'repair_returned':
      return claimableAgain(state, event);
    default:
      return unreachable(event);
  }
}

/** Units that are back with their owner, who may claim for them again. */
export const claimableAgain = (state: Opened, { line: id, units }: LineUnits): Opened =>
  changeLine(state, id, (line) => ({ ...line, replacedUnits: joinUnits(line.replacedUnits ?? [], units) }));
