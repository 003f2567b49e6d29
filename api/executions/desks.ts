import type { ExecutionKind } from '../../domain/execution/projection.ts';
import { certifiedDisposals } from '../certified-disposals/desk.ts';
import { liquidations } from '../liquidations/desk.ts';
import { refurbishments } from '../refurbishments/desk.ts';
import { vendorReturns } from '../vendor-returns/desk.ts';
import type { Desk } from './desk.ts';

const desks: Readonly<Record<ExecutionKind, Desk>> = {
  vendor_return: vendorReturns,
  liquidation: liquidations,
  certified_disposal: certifiedDisposals,
  refurbishment: refurbishments,
};

/** The desk of a kind as a row of the read model names it. */
export const deskOf = (kind: string): Desk | undefined => Object.values(desks).find((desk) => desk.kind === kind);
