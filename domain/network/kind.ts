import type { NumberedOf, NumberedParts } from '../process/numbered.ts';
import type { NetworkProjection } from './projection.ts';

/** The types in which the kinds of the network's processes differ. */
export type NetworkParts = NumberedParts & { readonly projection: NetworkProjection };

/** A process of the network, as the shell of every process sees it. */
export type NetworkOf<P extends NetworkParts> = NumberedOf<P>;
