import { transferDecider } from '../../domain/transfer/decider.ts';
import type { TransferParts } from '../../domain/transfer/kind.ts';
import { bound, isAtOrigin, linesOf } from '../../domain/transfer/state.ts';
import { bookedWorkflow } from '../process/booked.ts';
import { act } from './act.ts';
import { messageTypes, transferWorkflowId } from './messages.ts';
import { story } from './story.ts';

/** Goods that move from one facility to another, from the wish until each unit is counted where it is, or known to be lost. */
export const Transfer = bookedWorkflow<TransferParts>({
  kind: 'transfer',
  decider: transferDecider,
  messageTypes,
  cancel: () => ({ type: 'cancel', note: null }),
  stopped: ({ recall, goods }) => ({ type: 'stop_goods', recall, goods }),
  workflowId: transferWorkflowId,
  firstStatus: 'requested',
  statusOf: ({ status }) => status,
  story,
  unknown: { code: 'unknown_transfer' },
  act,
  lots: (state) => linesOf(state).flatMap(({ lot }) => lot ?? []),
  foundBy: (state) => ({
    facility: isAtOrigin(state) ? state.from : bound(state),
    orders: [],
    skus: linesOf(state).map(({ sku }) => sku),
  }),
});
