/** Whoever can get goods: a shop of ours, a business that bought them, one that passes them on, and whoever uses them. */
export const consigneeKinds = ['store', 'business', 'distributor', 'shopper'] as const;
export type ConsigneeKind = (typeof consigneeKinds)[number];

/** How units of one lot became units of another. */
export const lotLinkKinds = ['made_from', 'rework', 'repack'] as const;
