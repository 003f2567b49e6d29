/** The headline of the goods' track: the least advanced item's state. */
export type GoodsStatus =
  | 'requested'
  | 'in_review'
  | 'declined'
  | 'authorized'
  | 'collecting'
  | 'in_transit'
  | 'received'
  | 'inspected'
  | 'disposed'
  | 'closed'
  | 'cancelled'
  | 'expired'
  | 'lost'
  | 'reconciliation_required';

/** The headline of the money's track. */
export type MoneyStatus = 'none' | 'partial' | 'full';
