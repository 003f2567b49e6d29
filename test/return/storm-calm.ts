import { isWork, workDispositions } from '../../domain/goods/work.ts';
import { attentionResolutions } from '../../domain/return/attention.ts';
import { deadlines } from '../../domain/return/deadlines.ts';
import { isPartOf } from '../../domain/return/item-id.ts';
import { awaitsAgreement } from '../../domain/return/paid-repair.ts';
import { isOpenChoice } from '../../domain/return/rejection.ts';
import type { Opened } from '../../domain/return/state.ts';
import { asNew } from '../domain/sale.ts';
import type { Storm, Weather } from './storm.ts';
import { at, inspectOf, workResults } from './storm-commands.ts';
import { quoteAnswer } from './storm-paid-repair.ts';
import { success } from './storm-steps.ts';

/**
 * The next thing that happens where all goes well: an effect succeeds, a person does what is asked, goods come. Numbers
 * choose among what could be next.
 */
export function sensible(storm: Weather, state: Opened, pick: number, other: number): void {
  const ways = [
    () => endEffect(storm, state, other),
    () => answer(storm, state, other),
    () => work(storm, state, pick, other),
    () => arrive(storm, state, pick),
  ];
  const first = pick % ways.length;
  for (const way of [...ways.slice(first), ...ways.slice(0, first)]) if (way()) return;
  passTime(storm);
}

/** The world calms down: effects succeed, timers fire, and people do what is asked of them. Then a return must close. */
export function bringToItsEnd(storm: Storm): void {
  for (let round = 0; round < 150; round += 1) {
    const state = storm.opened;
    if (state === null || (state.phase === 'closed' && storm.inFlight.length === 0)) return;
    // Even numbers: voided, cancelled, refunded.
    if (endEffect(storm, state, 0)) continue;
    // The last way that a person has ends the matter, except that awaiting goes on for ever.
    if (answer(storm, state, -1) || work(storm, state, 0, 2)) continue;
    if (deadlines(state).length === 0) storm.fail(['nothing to do, and not closed']);
    passTime(storm);
  }
  storm.fail(['not closed after all was done']);
}

function endEffect(storm: Weather, state: Opened, choice: number): boolean {
  const effect = at(storm.inFlight, choice);
  if (effect === undefined) return false;
  storm.end(effect, success(storm, state, effect, choice));
  return true;
}

function answer(storm: Weather, state: Opened, choice: number): boolean {
  const review = Object.values(state.lines).filter((line) => line.verdict === 'needs_review' && line.outstanding > 0);
  if (state.phase === 'in_review' && review.length > 0) {
    storm.send({ type: 'review', decisions: review.map(({ line }) => ({ line, approve: true, note: 'N' })) });
    return true;
  }
  if (state.remedy === 'open') {
    storm.send({ type: 'choose_remedy', remedy: choice % 2 === 0 ? 'refund' : 'new_shipment' });
    return true;
  }
  if (Object.values(state.attention).some(({ reason }) => reason === 'new_shipment_due')) {
    storm.send({ type: 'ship_anew', carrier: 'UPS', tracking: 'EZ2' });
    return true;
  }
  const quote = quoteAnswer(state, choice);
  if (quote !== null) {
    storm.send(quote);
    return true;
  }
  const [asks] = Object.values(state.items).filter(isOpenChoice);
  if (asks !== undefined && choice >= 0) {
    const wish = at(asks.rejection?.offered ?? [], choice) ?? 'dispose';
    storm.send({ type: 'choose_for_rejected', item: asks.item, choice: wish });
    return true;
  }
  const { exchange } = state;
  if (exchange?.state === 'payment_due') {
    const { exchange: id, due: amount, paid } = exchange;
    storm.send({ type: 'pay_exchange', exchange: id, amount, reference: `ch_${paid}-${amount}` });
    return true;
  }
  if (exchange?.state === 'ready') {
    const named = exchange.toShip.map(({ sku, quantity }) => ({
      sku,
      serials: Array.from({ length: quantity }, (_, n) => `N-${n}`),
    }));
    const sent = { carrier: 'USPS', tracking: 'T-1', serials: state.program === 'warranty' ? named : [] };
    storm.send({ type: 'ship_exchange', exchange: exchange.exchange, ...sent });
    return true;
  }
  const asked = Object.values(state.attention).find(({ reason }) => attentionResolutions[reason].length > 0);
  if (asked === undefined) return false;
  const ways = attentionResolutions[asked.reason].filter((way) => choice >= 0 || way !== 'await');
  const resolution = choice < 0 ? ways.at(-1) : at(ways, choice);
  if (resolution === undefined) return false;
  storm.send({ type: 'resolve', attention: asked.attention, resolution, note: 'N' });
  return true;
}

function work(storm: Weather, state: Opened, pick: number, other: number): boolean {
  const isAsked = (id: string) => Object.values(state.attention).some(({ subject }) => isPartOf(id, subject));
  // What is not accepted once it was inspected waits: for a person, its units, or the rest of its kit.
  const item = at(
    Object.values(state.items).filter(
      (each) =>
        each.stage !== 'disposed' &&
        !(
          each.stage === 'inspected' &&
          (each.acceptance === 'pending' || isAsked(each.item) || isOpenChoice(each) || awaitsAgreement(state, each))
        ),
    ),
    pick,
  );
  if (item === undefined) return false;
  if (item.stage === 'received') {
    if (other === 2)
      storm.send({ type: 'inspect', item: item.item, findings: [{ quantity: item.quantity, facts: asNew }] });
    else storm.send(inspectOf(state, item.item, pick, other));
    return true;
  }
  if (item.choice?.disposition === 'quarantine') {
    const asked = storm.send({ type: 'dispose', item: item.item, disposition: 'destroy', note: 'N' });
    if (asked.type === 'refused' && asked.refusal.code === 'owned_by_customer') {
      // What can't go back to its owner, mended or not, is ours once its owner gets something else.
      storm.send({ type: 'end_repair', item: item.item, why: 'withdrawn', note: 'N' });
      return true;
    }
  }
  const { item: id, execution, quantity } = item;
  const isPaid = item.paidRepair?.state === 'paid' && item.work === undefined;
  if (item.stage === 'disposing' && execution == null && (other % 3 === 1 || isPaid)) {
    // To a bench, where no veto bars it.
    const disposition = isPaid ? 'repair_and_return' : (at(workDispositions, pick) ?? 'refurbish');
    storm.send({ type: 'dispose', item: id, disposition, note: 'N' });
    storm.send({ type: 'take_up', item: id, execution: 'RF-1', disposition, quantity });
    return true;
  }
  if (execution != null && isWork(item.choice?.disposition) && pick % 4 > 0) {
    storm.send({ type: 'record_work', item: id, execution, results: workResults(item, pick, other) });
    return true;
  }
  const by = item.execution == null ? {} : { execution: item.execution };
  const answer = storm.send({ type: 'confirm_disposition', item: item.item, evidence: 'BIN-7', ...by });
  if (answer.type === 'refused' && answer.refusal.code === 'certificate_needed') takeUp(storm, item.item);
  if (answer.type === 'refused' && answer.refusal.code === 'repair_not_done') {
    if (other % 8 === 0) storm.send({ type: 'end_repair', item: id, why: 'withdrawn', note: 'N' });
    else storm.send({ type: 'take_up', item: id, execution: 'RF-1', disposition: 'repair_and_return', quantity });
  }
  return true;
}

/** A certified disposal has what leaves with a certificate alone. */
function takeUp(storm: Weather, id: string): void {
  const item = storm.state.phase === 'initial' ? undefined : storm.state.items[id];
  const disposition = item?.choice?.disposition;
  if (item === undefined || disposition === undefined) return;
  storm.send({ type: 'take_up', item: id, execution: 'CD-1', disposition, quantity: item.quantity });
}

/** What is expected comes, whole or in part, in the first parcel that has not come. */
function arrive(storm: Weather, state: Opened, choice: number): boolean {
  const expected = Object.values(state.lines).filter((line) => line.outstanding > 0);
  const parcel = Object.values(state.parcels).find(
    ({ received, label, outbound }) => !received && (label === 'bought' || outbound === true),
  );
  if (expected.length === 0 || parcel === undefined || state.phase !== 'open') return false;
  if (!parcel.scanned && choice % 8 > 3) {
    storm.send({ type: 'track', parcel: parcel.parcel, status: 'in_transit', at: storm.at });
    return true;
  }
  if (choice % 16 > 11) {
    passTime(storm);
    return true;
  }
  const contents = expected.map((line) => ({
    sku: line.sold.sku,
    quantity: choice % 5 === 0 ? 1 : line.outstanding,
    serials: line.sold.serials.slice(0, 1),
    lot: 'LOT-A',
  }));
  storm.send({ type: 'receive', parcel: parcel.parcel, contents, partial: choice % 3 === 0 });
  return true;
}

function passTime(storm: Weather): void {
  const [next] = deadlines(storm.state);
  if (next !== undefined && next.at > storm.at) storm.at = next.at;
  storm.fire();
}
