import { going, type ItemAmount, itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { barredByRecall } from '../../execution/stop-sale.ts';
import { roundHalfUp } from '../../money/shares.ts';
import { after, type Instant } from '../../time/duration.ts';
import type { VendorReturnCommand } from '../commands.ts';
import type { VendorReturnEvent } from '../events.ts';
import { hasShipped, type Opened } from '../state.ts';

type Answer = readonly VendorReturnEvent[] | Refused;
type Command<T extends VendorReturnCommand['type']> = Extract<VendorReturnCommand, { type: T }>;

const WHOLE = 10_000;

/** Asks a vendor to take goods back; their returns are asked for the items at the same time. */
export function request({ number, request: asked }: Command<'request'>): Answer {
  if (asked.items.length === 0) return refuse('nothing_left', 'items');
  return [{ type: 'requested', number, request: asked }];
}

/**
 * The vendor takes the goods, under its own number: all, or those that it doesn't except. What it is to credit is what
 * they cost us, less what it keeps for restocking.
 */
export function authorize(state: Opened, command: Command<'authorize'>, at: Instant): Answer {
  if (state.status !== 'requested') return refuse(late(state, 'not_awaiting_authorization'));
  const items = Object.values(state.items);
  if (items.some((item) => item.state === 'wanted')) return refuse('still_gathering');
  const { vendorRma, restockingBasisPoints, shipBy, refused } = command;
  if (shipBy !== null && shipBy <= at) return refuse('time_in_the_past', 'shipBy');
  const excepted = new Set(refused.map(itemKey));
  const held = items.filter((item) => item.state === 'held');
  const unknown = refused.findIndex((each) => !held.some((item) => itemKey(item) === itemKey(each)));
  if (unknown >= 0) return refuse('unknown_item', `refused.${unknown}`);
  const taken = held.filter((item) => !excepted.has(itemKey(item)));
  if (taken.length === 0) return refuse('nothing_left', 'refused');
  const kept = Math.min(WHOLE, Math.max(0, restockingBasisPoints));
  const credit = taken.map(
    ({ rma, item, cost }): ItemAmount => ({ rma, item, amount: roundHalfUp(cost, WHOLE - kept, WHOLE) }),
  );
  return [
    { type: 'authorized', vendorRma, shipBy: shipBy ?? after(at, state.terms.shipmentWithin), credit },
    ...held
      .filter((item) => excepted.has(itemKey(item)))
      .map(({ rma, item }) => ({ type: 'item_let_go', rma, item }) as const),
  ];
}

/**
 * The vendor doesn't take the goods: their returns get them back and choose another way. What had left already may come back in
 * part, as long as nothing was credited for it.
 */
export function decline(state: Opened, { items = null, freight = 0, note }: Command<'decline'>): Answer {
  if (hasShipped(state)) return sentBack(state, items, freight, note);
  if (state.status !== 'requested' && state.status !== 'authorized') return refuse('execution_closed');
  return items === null && freight === 0 ? [{ type: 'refused', note }] : refuse('not_shipped_yet', 'items');
}

/** The vendor owes nothing for what it sends back. */
function sentBack(state: Opened, named: Command<'decline'>['items'], freight: number, note: string | null): Answer {
  if (!Number.isSafeInteger(freight) || freight < 0) return refuse('amount_not_positive', 'freight');
  const here = going(state.items);
  const keys = new Set((named ?? here).map(itemKey));
  const unknown = named?.findIndex((each) => !here.some((item) => itemKey(item) === itemKey(each))) ?? -1;
  if (unknown >= 0) return refuse('unknown_item', `items.${unknown}`);
  const back = here.filter((item) => keys.has(itemKey(item)));
  const credited = back.find(({ received }) => received > 0);
  if (credited !== undefined) return refuse('item_credited', 'items', { item: itemKey(credited) });
  if (back.length === 0) return refuse('nothing_left', 'items');
  const amounts = back.map(({ rma, item, expected }): ItemAmount => ({ rma, item, amount: expected }));
  return [
    { type: 'sent_back', items: amounts, freight, note },
    ...back.map(({ rma, item }) => ({ type: 'item_let_go', rma, item }) as const),
    ...(back.length === here.length ? [{ type: 'refused', note } as const] : []),
  ];
}

/** The goods leave for the vendor, which from now on owes us their credit. */
export function ship(state: Opened, { carrier, tracking }: Command<'ship'>): Answer {
  if (state.status === 'requested') return refuse('not_authorized_yet');
  if (state.status !== 'authorized') return refuse(late(state, 'already_shipped'));
  if (going(state.items).length === 0) return refuse('nothing_left');
  return barredByRecall(state) ?? [{ type: 'shipped', carrier, tracking }];
}

/** Called off, while nothing has left. */
export function cancel(state: Opened, note: string | null): Answer {
  if (state.status === 'requested' || state.status === 'authorized') return [{ type: 'cancelled', note }];
  return refuse(late(state, 'already_shipped'));
}

/** What is said of a command that comes when it can change nothing any more. */
const late = ({ status }: Opened, otherwise: 'already_shipped' | 'not_awaiting_authorization') =>
  status === 'closed' || status === 'ending' ? 'execution_closed' : otherwise;
