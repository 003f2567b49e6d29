/** Who calls. A key has one role. */
export const roles = ['viewer', 'ops', 'lead', 'coordinator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Which role may do what; an endpoint names one permission. */
const matrix = {
  'returns:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  'returns:preview': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  'returns:create': ['ops', 'lead', 'coordinator', 'admin'],
  'returns:cancel': ['ops', 'lead', 'coordinator', 'admin'],
  /** Method, parcels and quantities of goods that are still to come. */
  'returns:change': ['ops', 'lead', 'coordinator', 'admin'],
  /** Receive, inspect, dispose, confirm, and what a person knows of a parcel or pickup. */
  'returns:handle': ['ops', 'lead', 'admin'],
  'photos:read': ['ops', 'lead', 'coordinator', 'admin'],
  /** A photo may show somebody's address. */
  'photos:erase': ['lead', 'admin'],
  /** Decides over the rules, and where they don't: reviews, overrides, extensions, what waits for a person in a return. */
  'returns:decide': ['lead', 'admin'],
  'receipts:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  /** Books in what nobody expected, and says whose it is. */
  'receipts:handle': ['ops', 'lead', 'admin'],
  /** Sends away or destroys goods whose owner nobody knows. */
  'receipts:dispose': ['lead', 'admin'],
  'executions:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  /** Starts, ships and calls off what brings goods out of returns; takes bids at the reserve. */
  'executions:handle': ['ops', 'lead', 'admin'],
  /** Says what they are to bring and what came back: a vendor’s terms, reserves, credits, payments, disputes, write-offs. */
  'executions:settle': ['lead', 'admin'],
  /** Pays and claims by hand, and ends claims on buyers. */
  'money:adjust': ['lead', 'admin'],
  /** Issues the credit memo of a bulk return, and answers what is disputed of one. */
  'credits:issue': ['lead', 'admin'],
  /** Notes what a partner disputes of a credit memo. */
  'credits:dispute': ['ops', 'lead', 'coordinator', 'admin'],
  /** Says that the buyer paid a difference, that goods were shipped, or that none will be. */
  'exchanges:handle': ['ops', 'lead', 'admin'],
  'store-credits:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  /** Pays with store credit at a checkout, and makes its code. */
  'store-credits:spend': ['ops', 'lead', 'admin'],
  /** Gives credit that no return makes due, and ends it. */
  'store-credits:issue': ['lead', 'admin'],
  'stock:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  'stock:tell': ['ops', 'lead', 'admin'],
  /** Transfers, trips, loans and rebalancings. */
  'network:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  /** Picks, ships, receives, hands over, and says what happened on the way. */
  'network:handle': ['ops', 'lead', 'admin'],
  /** Approves plans and terms, and what waits for a person. */
  'network:decide': ['lead', 'admin'],
  'attention:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  /** What waits for a person in a recall, or in nothing: in a return it may be money. */
  'attention:resolve': ['lead', 'coordinator', 'admin'],
  'measures:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  'facilities:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  'facilities:manage': ['lead', 'admin'],
  /** An endpoint hears of everything that happens. */
  'webhooks:manage': ['admin'],
  'orders:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  'orders:import': ['lead', 'admin'],
  /** Where goods of a lot came from, and where they are. */
  'recalls:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  /** Drafts, launches and steers recalls: goods are held and the public written to. */
  'recalls:run': ['coordinator', 'admin'],
  /** Says that all was retrieved that can be. */
  'recalls:complete': ['lead', 'coordinator', 'admin'],
  /** The same of class I with checks open or units missing: answers for what is left. */
  'recalls:leave-open': ['lead', 'admin'],
  /** Asks consignees whether a notice came and was acted on: sees how to reach them. */
  'recalls:check': ['ops', 'lead', 'coordinator', 'admin'],
  /** Says that stopped goods were found and set aside in a facility of ours. */
  'recalls:confirm': ['ops', 'lead', 'coordinator', 'admin'],
  /** Takes down what a consignee answers. */
  'recalls:respond': ['ops', 'lead', 'coordinator', 'admin'],
  'lots:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  /** Tells what came in, what was made of what, who got it. */
  'lots:import': ['lead', 'coordinator', 'admin'],
  'agreements:create': ['lead', 'admin'],
  'assets:register': ['lead', 'admin'],
  'offers:create': ['ops', 'lead', 'admin'],
  'policies:read': ['viewer', 'ops', 'lead', 'coordinator', 'admin'],
  'policies:draft': ['lead', 'admin'],
  'policies:publish': ['admin'],
  'keys:manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof matrix;

/** Whether a role may do it. */
export function mayDo(role: Role, permission: Permission): boolean {
  return rolesThatMay(permission).includes(role);
}

/** The roles that may do it, least first. */
export function rolesThatMay(permission: Permission): readonly Role[] {
  return matrix[permission];
}
