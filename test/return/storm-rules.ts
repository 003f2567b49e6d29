import { type Disposition, isAllowed } from '../../domain/goods/disposition.ts';
import { isWork } from '../../domain/goods/work.ts';
import type { SettledLine } from '../../domain/money/settlement.ts';
import { basketNow } from '../../domain/return/basket.ts';
import { claimsOf } from '../../domain/return/claims.ts';
import { isForService } from '../../domain/return/claw-back.ts';
import { costOf } from '../../domain/return/cost.ts';
import { deadlines } from '../../domain/return/deadlines.ts';
import { effects } from '../../domain/return/effects.ts';
import type { Recorded } from '../../domain/return/events.ts';
import { bySku, creditedTo, priceOf } from '../../domain/return/exchange.ts';
import { vetoesOn } from '../../domain/return/goods-of.ts';
import { reconcile } from '../../domain/return/reconcile.ts';
import { ownerOf } from '../../domain/return/repair.ts';
import type { Opened } from '../../domain/return/state.ts';
import { goodsStatus, goodsStatuses, moneyStatus, settledAmount } from '../../domain/return/status.ts';
import { discountDue } from '../../domain/sale/basket.ts';
import { heldTwice } from './storm-books.ts';
import { chargeProblems, holdProblems } from './storm-hold.ts';
import { heldForRepairs, paidRepairProblems, repaidToOwners } from './storm-paid-repair.ts';
import { repairProblems } from './storm-repair.ts';
import { tripProblems } from './storm-trip.ts';
import { warrantyProblems } from './storm-warranty.ts';

/** What must hold after every step, whatever came before. */
export function brokenRules(
  state: Opened,
  recorded: readonly Recorded[],
  balance: (account: string) => number,
): string[] {
  return [
    ...reconcile(state),
    ...heldTwice(state),
    ...negatives(state),
    ...basketProblems(state),
    ...toTheGiver(state),
    ...money(state, recorded, balance),
    ...goods(state, recorded, balance),
    ...exchangeProblems(state, recorded, balance),
    ...holdProblems(state, recorded),
    ...tripProblems(state),
    ...chargeProblems(state, recorded),
    ...warrantyProblems(state, recorded),
    ...repairProblems(state, recorded),
    ...paidRepairProblems(state, recorded, balance),
    ...(state.phase === 'closed' ? closed(state, balance) : []),
    ...(goodsStatuses.includes(goodsStatus(state)) ? [] : ['no goods status']),
  ];
}

/**
 * Open, and yet no clock, no effect, no person and no work at the bench will move it. A buyer's choice between money and a
 * new shipment is waited for by the delivery that the goods come back from.
 */
export function isAtRestUnclosed(state: Opened): boolean {
  return (
    state.phase !== 'closed' &&
    state.remedy !== 'open' &&
    deadlines(state).length === 0 &&
    effects(state).length === 0 &&
    Object.keys(state.attention).length === 0 &&
    Object.values(state.items).every((item) => item.stage === 'disposed')
  );
}

/** What all returns of a promoted sale got, net of tax, is never more than what was paid for the goods, nor for a part. */
function basketProblems(state: Opened): string[] {
  const basket = basketNow(state);
  if (basket === undefined) return [];
  if (discountDue(basket) < 0)
    return [`goods bore ${-discountDue(basket)} more of the discounts than what is kept lost`];
  const sums = basket.lines.reduce(
    ({ paid, got, whole }, line) => ({
      paid: paid + line.price - line.discount,
      got: got + line.settled.price - line.settled.discount,
      whole: whole && line.settled.quantity === line.quantity,
    }),
    { paid: 0, got: 0, whole: true },
  );
  if (sums.got > sums.paid) return [`${sums.got} settled of ${sums.paid} paid for the basket`];
  return sums.whole && sums.got !== sums.paid ? [`all came back, but ${sums.got} was settled of ${sums.paid}`] : [];
}
/** What a gift was paid with gets nothing of it back; what waits for the end of a dispute isn't on its way. */
const toTheGiver = (state: Opened): string[] =>
  Object.values(state.refunds)
    .filter(
      ({ to, state: is }) => state.gift === true && to === 'payment' && ['due', 'requested', 'succeeded'].includes(is),
    )
    .map(({ refund }) => `${refund} of a gift goes to who gave it`);

function negatives(state: Opened): string[] {
  return Object.values(state.lines).flatMap((line) =>
    (['cancelled', 'kept', 'outstanding', 'missing', 'received'] as const)
      .filter((quantity) => !(Number.isSafeInteger(line[quantity]) && line[quantity] >= 0))
      .map((quantity) => `line ${line.line}: ${line[quantity]} ${quantity}`),
  );
}

function money(state: Opened, recorded: readonly Recorded[], balance: (account: string) => number): string[] {
  const problems: string[] = [];
  const settled = recorded.flatMap(({ event }) => (event.type === 'settlement_due' ? [event] : []));
  const claimed = recorded.flatMap(({ event }) => (event.type === 'clawback_due' ? [event] : []));
  for (const line of Object.values(state.lines)) {
    const of = (events: readonly { readonly lines: readonly SettledLine[] }[]) => {
      const lines = events.flatMap((event) => event.lines.filter((each) => each.line === line.line));
      return {
        quantity: lines.reduce((sum, each) => sum + each.quantity, 0),
        gross: lines.reduce((sum, each) => sum + each.price - each.discount + each.tax, 0),
      };
    };
    const [due, back] = [of(settled), of(claimed)];
    const [quantity, gross] = [due.quantity - back.quantity, due.gross - back.gross];
    if (quantity < 0 || gross < 0) problems.push(`line ${line.line}: more claimed back than was settled`);
    const paid = line.sold.price - line.sold.discount + line.sold.tax;
    if (quantity > line.requested) problems.push(`line ${line.line}: ${quantity} settled of ${line.requested}`);
    // Where what is kept is priced again, goods that come later may get what others bore for them.
    const most = state.basket === undefined ? paid : line.sold.price + line.sold.tax;
    if (gross > most) problems.push(`line ${line.line}: settled ${gross} of ${paid} paid`);
  }
  for (const line of Object.values(state.lines)) {
    const sent = recorded
      .flatMap(({ event }) => (event.type === 'shipped_anew' ? event.lines : []))
      .filter((each) => each.line === line.line)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const paidFor = settled
      .flatMap(({ lines }) => lines.filter((each) => each.line === line.line))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    if (sent > 0 && sent + paidFor > line.requested) {
      problems.push(`line ${line.line}: ${sent} sent again and ${paidFor} paid of ${line.requested}`);
    }
  }
  const twice = settled
    .flatMap(({ items }) => items)
    .filter((item) => recorded.some(({ event }) => event.type === 'shipped_anew' && event.items.includes(item)));
  if (twice.length > 0) problems.push(`${twice.join(', ')} paid and sent again`);
  for (const item of settled.flatMap(({ items }) => items)) {
    const { line = null, grade = 'A' } = state.items[item] ?? {};
    const offered = line === null ? undefined : state.lines[line]?.sold.creditByGrade;
    if (offered !== undefined && grade === null) problems.push(`item ${item} is credited by a grade that it hasn't`);
  }
  if (settled.some(({ total, shippingFee }) => total.amount < 0 || shippingFee < 0))
    problems.push('a negative settlement');
  if (settled.filter(({ outboundShipping = 0 }) => outboundShipping > 0).length > 1)
    problems.push('the way out was given back twice');
  if (claimed.some(({ total, shippingFee, forgone }) => total.amount < 0 || shippingFee < 0 || forgone < 0)) {
    problems.push('a negative claim');
  }
  const clawbacks = Object.values(state.clawbacks ?? {});
  const owed = clawbacks.reduce((sum, { outstanding }) => sum + outstanding, 0);
  if (balance('receivable_from_customer') !== owed) {
    problems.push(`receivable ${balance('receivable_from_customer')}, but ${owed} owed`);
  }
  for (const each of clawbacks) {
    const { clawback, outstanding, paid, total } = each;
    const isIn = outstanding >= 0 && paid >= 0 && outstanding + paid <= total;
    if (!isIn) problems.push(`claim ${clawback} of ${total} is out of bounds`);
    if ((each.state === 'open') !== outstanding > 0)
      problems.push(`claim ${clawback}: ${each.state}, ${outstanding} owed`);
  }
  const fees = settled.filter(({ shippingFee }) => shippingFee > 0).length;
  if (fees > 1) problems.push('the shipping fee was taken twice');
  const due = settled.reduce((sum, { total }) => sum + total.amount, 0);
  const refunds = Object.values(state.refunds);
  const done = refunds
    .filter((refund) => refund.state === 'succeeded' || refund.state === 'written_off')
    .reduce((sum, { amount }) => sum + amount, 0);
  if (balance('payable_to_customer') !== done - due) {
    problems.push(`payable ${balance('payable_to_customer')}, but ${due} due and ${done} done`);
  }
  const recovered = claimsOf(state).reduce((sum, { paid }) => sum + (paid ?? 0), 0);
  if (-balance('recovery') !== recovered)
    problems.push(`${-balance('recovery')} recovered, ${recovered} paid on claims`);
  if (balance('carrier_receivable') !== 0) problems.push(`${balance('carrier_receivable')} receivable from carriers`);
  const sumOf = (type: 'exchange_paid' | 'exchange_repaid') =>
    recorded.reduce((sum, { event }) => (event.type === type ? sum + event.amount.amount : sum), 0);
  const [prepaid, repaid] = [sumOf('exchange_paid'), sumOf('exchange_repaid')];
  const shipped = recorded.some(({ event }) => event.type === 'exchange_shipped');
  const inGoods = balance('exchange_sales') + (shipped ? prepaid : 0);
  // What assets were sold for came into the same cash.
  const sold = recorded.reduce(
    (sum, { event }) => sum + (event.type === 'disposition_confirmed' ? (event.proceeds ?? 0) : 0),
    0,
  );
  // Nor is what buyers paid for a way back, or for work, anything that they had been given.
  const wayBack = Object.values(state.clawbacks ?? {})
    .filter(({ cause }) => isForService(cause))
    .reduce((sum, { paid }) => sum + paid, 0);
  const paidOut =
    wayBack -
    repaidToOwners(recorded) +
    recovered +
    sold -
    balance('cash_clearing') -
    balance('store_credit_liability') -
    balance('store_credit_clearing') -
    balance('accounts_receivable') -
    balance('chargebacks') +
    // What buyers paid for a difference is theirs, until goods stand for it.
    (prepaid - repaid) -
    inGoods;
  const takenBack = claimed.reduce((sum, { total }) => sum + total.amount, 0);
  if (Math.max(0, paidOut) !== settledAmount(state))
    problems.push(`${paidOut} paid out, ${settledAmount(state)} said to be settled`);
  const frozen = refunds.filter((refund) => refund.state === 'frozen');
  for (const { refund, payment } of frozen) {
    const isAsked = Object.values(state.attention).some(({ subject }) => subject === payment);
    const isDisputed = state.payments.some((each) => each.payment === payment && each.disputed);
    if (!isAsked || !isDisputed) problems.push(`refund ${refund} is frozen for nothing`);
  }
  if (paidOut > due) problems.push(`${paidOut} paid out of ${due} due`);
  if (
    moneyStatus(state) === 'full' &&
    paidOut < due - takenBack &&
    refunds.every(({ state: s }) => s !== 'written_off')
  ) {
    problems.push('said to be settled in full');
  }
  return problems;
}

function goods(state: Opened, recorded: readonly Recorded[], balance: (account: string) => number): string[] {
  const items = Object.values(state.items);
  const sum = (...stages: string[]) =>
    items.filter(({ stage }) => stages.includes(stage)).reduce((total, { quantity }) => total + quantity, 0);
  const problems: string[] = [];
  if (balance('quarantine') !== sum('received')) {
    problems.push(`quarantine ${balance('quarantine')}, but ${sum('received')} wait for inspection`);
  }
  const atBench = items
    .filter(({ stage, execution, choice }) => stage === 'disposing' && execution != null && isWork(choice?.disposition))
    .reduce((total, { quantity }) => total + quantity, 0);
  if (balance('in_work') !== atBench) problems.push(`in work ${balance('in_work')}, but ${atBench} are at a bench`);
  const waiting = sum('inspected', 'disposing') - atBench;
  if (balance('inspected') !== waiting) {
    problems.push(`inspected ${balance('inspected')}, but ${waiting} wait to be moved`);
  }
  const isAsset = (line: string | null) => line !== null && state.lines[line]?.sold.bookValue !== undefined;
  const carried = items
    .filter(({ line }) => !isAsset(line))
    .filter(({ stage, choice }) => stage !== 'disposed' || choice?.disposition === 'restock')
    .filter((item) => ownerOf(state, item) === 'ours')
    .reduce((total, item) => total + costOf(state, item), 0);
  // What was sent again is from the shop's other stock.
  const sentAgain = recorded
    .flatMap(({ event }) => (event.type === 'shipped_anew' ? event.lines : []))
    .reduce((total, { line, quantity }) => total + (state.lines[line]?.sold.unitCost ?? 0) * quantity, 0);
  // What work has added to goods comes into inventory with the books of that work, and leaves it with the goods.
  const added = items
    .filter(({ line, stage, choice }) => !isAsset(line) && stage === 'disposed' && choice?.disposition !== 'restock')
    .reduce((total, { work }) => total + (work?.added ?? 0), 0);
  if (balance('inventory_at_cost') !== carried - sentAgain - added) {
    problems.push(`inventory ${balance('inventory_at_cost')}, but ${carried} at cost is here or sellable`);
  }
  for (const { item, work, grade, choice } of items) {
    if (work === undefined) continue;
    if (work.added < 0 || grade === null) problems.push(`item ${item} was worked on for ${work.added}`);
    if (work.outcome === 'beyond_repair' && ['restock', 'liquidate'].includes(choice?.disposition ?? '')) {
      problems.push(`item ${item} is beyond repair and for sale`);
    }
  }
  const gone = items
    .filter(({ line, stage, choice }) => isAsset(line) && stage === 'disposed' && leaves(choice?.disposition))
    .reduce((total, item) => total + costOf(state, item), 0);
  if (-balance('fixed_assets') !== gone) problems.push(`${-balance('fixed_assets')} of assets, but ${gone} are gone`);
  for (const item of items) {
    if (isBarred(state, item)) problems.push(`item ${item.item} goes to ${item.choice?.disposition} against a veto`);
    const backAndPaid = item.settled && item.choice?.disposition === 'return_to_customer';
    if ((item.recovered ?? 0) > costOf(state, item)) problems.push(`item ${item.item} brought more than it cost`);
    if (item.execution != null && item.stage !== 'disposing' && item.stage !== 'disposed') {
      problems.push(`item ${item.item} is in ${item.execution} and ${item.stage}`);
    }
    if (backAndPaid) problems.push(`item ${item.item} is paid for and goes back`);
    if (item.settled && item.acceptance === 'accepted' && item.line === null)
      problems.push(`item ${item.item} is on no line`);
  }
  return problems;
}

function closed(state: Opened, balance: (account: string) => number): string[] {
  const labels = Object.values(state.parcels).filter(
    ({ label, trackedAt, received }) =>
      label === 'wanted' || label === 'withdrawn' || (label === 'bought' && trackedAt === null && !received),
  );
  const pickups = Object.values(state.pickups).filter(
    ({ state: s }) => s === 'wanted' || s === 'booked' || s === 'withdrawn',
  );
  return [
    ...(effects(state).length + deadlines(state).length === 0 ? [] : ['closed and still busy']),
    ...Object.values(state.attention).map(({ reason }) => `closed and still asks about ${reason}`),
    ...labels.map(({ parcel, label }) => `closed with the label of ${parcel} ${label}`),
    ...claimsOf(state)
      .filter(({ state: s }) => s === 'opened' || s === 'withdrawing')
      .map(({ claim, state: s }) => `closed with claim ${claim} ${s}`),
    ...pickups.map(({ pickup, state: s }) => `closed with pickup ${pickup} ${s}`),
    ...Object.values(state.lines).flatMap((line) =>
      line.outstanding > 0 || line.reserving || line.dueUnits.length > 0 ? [`closed with line ${line.line} open`] : [],
    ),
    ...(['quarantine', 'inspected', 'in_work', 'payable_to_customer', 'receivable_from_customer'] as const)
      .filter((account) => balance(account) !== 0)
      .map((account) => `closed with ${balance(account)} in ${account}`),
    ...Object.values(state.items).flatMap((item) =>
      item.stage === 'disposed' ? [] : [`closed with ${item.item} here`],
    ),
  ];
}

/** What bears data goes nowhere but to destruction or its owner, and nothing goes where its vetoes bar it. */
function isBarred(state: Opened, item: Opened['items'][string]): boolean {
  const { choice } = item;
  if (choice === null) return false;
  const free = item.stage === 'disposing' && item.execution == null;
  const all = vetoesOn(state, item);
  if (free && all.includes('recalled') && !['quarantine', 'return_to_vendor', 'destroy'].includes(choice.disposition))
    return true;
  // What has gone, or is in an execution, was not stopped in time.
  const vetoes = all.filter((veto) => veto !== 'recalled' || free || choice.vetoes.includes('recalled'));
  const isWiped = new Set((item.evidence ?? []).flatMap((each) => (each.kind === 'data_wiped' ? each.serials : [])));
  const sold = item.line === null ? undefined : state.lines[item.line]?.sold;
  const bears =
    (sold?.dataBearing === true && item.facts?.packaging !== 'sealed') || item.found?.includes('data_present');
  const stays = ['quarantine', 'return_to_customer', 'repair_and_return', 'destroy'].includes(choice.disposition);
  if (bears === true && isWiped.size < item.quantity && !stays) return true;
  return choice.disposition !== 'restock' && !isAllowed({ ...choice, vetoes }, choice.disposition);
}

const leaves = (disposition: Disposition | undefined): boolean =>
  disposition !== 'restock' && disposition !== 'return_to_customer' && disposition !== 'repair_and_return';

/** Goods out: what went towards them and what was paid is their price, once, and they go out only with it. */
function exchangeProblems(
  state: Opened,
  recorded: readonly Recorded[],
  balance: (account: string) => number,
): string[] {
  const { exchange } = state;
  const prepaid = -balance('customer_prepayments') - heldForRepairs(state);
  if (exchange === undefined) {
    return balance('exchange_sales') === 0 && prepaid === 0
      ? []
      : [`goods were sold, or ${prepaid} prepaid, for nothing`];
  }
  const credited = creditedTo(state);
  const price = priceOf(exchange);
  const shipments = recorded.filter(({ event }) => event.type === 'exchange_shipped').length;
  const isOut = exchange.state === 'shipped';
  const problems: string[] = [];
  if (shipments !== (isOut ? 1 : 0)) problems.push(`${shipments} shipments of an exchange that is ${exchange.state}`);
  if (exchange.kind === 'exchange') {
    if (credited + exchange.paid > price) problems.push(`${credited} credited and ${exchange.paid} paid of ${price}`);
    const isFull = credited + exchange.paid === price;
    if ((isOut || exchange.state === 'ready') && !isFull) problems.push(`${exchange.state} without its price`);
  } else if (exchange.paid > 0 || exchange.due > 0) problems.push('a replacement costs money');
  const asked = bySku(exchange.goods);
  for (const { sku, quantity } of exchange.toShip) {
    const most = asked.find((each) => each.sku === sku)?.quantity ?? 0;
    if (quantity > most) problems.push(`${quantity} of ${sku} to ship of ${most} reserved`);
  }
  const isUsed = exchange.state === 'dropped' && credited > 0;
  if (isUsed) problems.push(`${credited} credited to goods that are not sent`);
  if (-balance('exchange_sales') !== (isOut ? credited + exchange.paid : 0)) {
    problems.push(`${-balance('exchange_sales')} for goods, ${credited} credited and ${exchange.paid} paid`);
  }
  if (prepaid !== (isOut ? 0 : exchange.paid)) {
    problems.push(`${prepaid} prepaid, but ${exchange.paid} paid`);
  }
  if (exchange.stock === 'released' && !isOut && exchange.state !== 'dropped') problems.push('stock was let go');
  if ((exchange.state === 'ready' || exchange.state === 'payment_due') && exchange.stock !== 'reserved') {
    problems.push(`${exchange.state} with stock ${exchange.stock}`);
  }
  const isHeld = exchange.stock === 'reserved' || exchange.stock === 'wanted' || exchange.stock === 'releasing';
  if (state.phase === 'closed' && isHeld) problems.push(`closed with stock ${exchange.stock}`);
  return problems;
}
