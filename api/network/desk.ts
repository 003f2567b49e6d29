import { createHash } from 'node:crypto';
import type { NetworkKind } from '../../domain/network/kinds.ts';
import { networkNumber, parseNetworkNumber } from '../../domain/network/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import { prefixedNumberField } from '../fields.ts';
import { type ProcessDesk, processTarget } from '../process-desk.ts';
import type { Target } from '../telling.ts';

/** Where transfers, trips, loans or rebalancings are read and spoken to. */
export type NetworkDesk = ProcessDesk & {
  readonly kind: NetworkKind;
  /** The problem that a refusal becomes. */
  readonly refused: Target['refused'];
};

export const numberField = ({ kind, example }: NetworkDesk) =>
  prefixedNumberField((text) => parseNetworkNumber(kind, text), example);

/** Always the same for the same command, so that a repeated request finds what it started. */
export const numberFor = (kind: NetworkKind, commandId: string): string =>
  networkNumber(kind, makeRma(createHash('sha256').update(`${kind}\n${commandId}`).digest()));

/**
 * One of them as commands reach it.
 * @param request of a new one; none for one that is woken
 */
export const networkTarget = (desk: NetworkDesk, number: string, request: object | null = null): Target =>
  processTarget(desk, desk.refused, number, request);
