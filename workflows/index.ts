/** The workflow types that a worker serves; the bundle's entry. */
export { CertifiedDisposal } from './certified-disposal/workflow.ts';
export { Delivery } from './delivery/workflow.ts';
export { Liquidation } from './liquidation/workflow.ts';
export { Loan } from './loan/workflow.ts';
export { Rebalance } from './rebalance/workflow.ts';
export { Recall } from './recall/workflow.ts';
export { RecallDrill } from './recall-drill/workflow.ts';
export { RecallWave } from './recall-wave/workflow.ts';
export { Refurbishment } from './refurbishment/workflow.ts';
export { Return } from './return/workflow.ts';
export { Transfer } from './transfer/workflow.ts';
export { Trip } from './trip/workflow.ts';
export { VendorReturn } from './vendor-return/workflow.ts';
