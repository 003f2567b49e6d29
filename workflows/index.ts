/** The workflow types that a worker serves; the bundle's entry. */
export { Return } from './return/workflow.ts';
export { VendorReturn } from './vendor-return/workflow.ts';
