import type { SearchAttributePair } from '@temporalio/common';
import { deadlines } from '../../domain/return/deadlines.ts';
import type { ReturnState } from '../../domain/return/state.ts';
import { goodsStatus } from '../../domain/return/status.ts';
import { type Changing, fitting, type Halt, lastingPairs } from '../process/attributes.ts';
import { waitingFor } from '../process/waiting.ts';

/** Those that never change in a return's life. */
export const lastingAttributes = (
  asked: { readonly program: string; readonly facility: string; readonly order: string },
  skus: readonly string[],
): SearchAttributePair[] => lastingPairs(asked.program, asked.facility, [asked.order], skus);

export function changingAttributes(state: ReturnState, halted: Halt | null): Changing {
  const opened = state.phase === 'initial' ? null : state;
  const lots = opened === null ? [] : Object.values(opened.items).flatMap((item) => item.lot ?? []);
  return {
    status: goodsStatus(state),
    lots: fitting(lots),
    ...waitingFor(opened, deadlines(state), halted),
    ...(opened?.firstFacility === undefined ? {} : { facility: opened.facility }),
    ...(opened?.grown === true ? { skus: fitting(Object.values(opened.lines).map(({ sold }) => sold.sku)) } : {}),
  };
}
