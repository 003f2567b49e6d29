/**
 * The kinds of processes that move goods between places of ours and back to us when that is known in advance: `transfer` from one
 * facility to another, `trip` of a vehicle, `loan` of equipment, `rebalance` of stock over all facilities.
 */
export const networkKinds = ['transfer', 'trip', 'loan', 'rebalance'] as const;
export type NetworkKind = (typeof networkKinds)[number];
