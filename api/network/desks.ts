import { loans } from '../loans/desk.ts';
import { rebalances } from '../rebalances/desk.ts';
import { transfers } from '../transfers/desk.ts';
import { trips } from '../trips/desk.ts';
import type { NetworkDesk } from './desk.ts';

const desks: readonly NetworkDesk[] = [loans, transfers, trips, rebalances];

/** The desk of a kind as a row of the read model names it. */
export const networkDeskOf = (kind: string): NetworkDesk | undefined => desks.find((desk) => desk.kind === kind);
