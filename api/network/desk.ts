import type { NetworkKind } from '../../domain/network/kinds.ts';
import type { ProcessDesk } from '../process-desk.ts';
import type { Target } from '../telling.ts';

/** Where transfers, trips, loans or rebalancings are read and spoken to. */
export type NetworkDesk = ProcessDesk & {
  readonly kind: NetworkKind;
  /** The problem that a refusal becomes. */
  readonly refused: Target['refused'];
};
