import type { StaleNews } from '../../activities/journal/port.ts';
import type { StoreCredits } from '../../activities/store-credits/port.ts';
import type { ConditionFacts } from '../../domain/goods/grading.ts';
import { type WorkResult, workOutcomes } from '../../domain/goods/work.ts';
import { attentionResolutions } from '../../domain/return/attention.ts';
import type { EffectOutcome, Envelope, ReturnCommand } from '../../domain/return/commands.ts';
import { deadlines } from '../../domain/return/deadlines.ts';
import { type Effect, effects } from '../../domain/return/effects.ts';
import type { Finding } from '../../domain/return/findings.ts';
import type { Opened } from '../../domain/return/state.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { asNew } from '../domain/sale.ts';
import type { DrivenReturn } from './process.ts';

/** Chance that can be had again: the same seed gives the same life. */
export type Chance = { below(limit: number): number; one<T>(values: readonly T[]): T; often(share: number): boolean };

export function chanceOf(seed: number): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    often: (share) => next() < share,
    one: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('nothing to choose from');
      return value;
    },
  };
}

/** Some command that could come then (ISO 8601), sensible or not. */
export async function someCommand(
  one: DrivenReturn,
  chance: Chance,
  credits: StoreCredits,
  now: string,
): Promise<ReturnCommand> {
  const state = one.opened;
  const due = effects(state);
  if (due.length > 0 && chance.often(0.6)) {
    const effect = chance.one(due);
    return { type: 'outcome', effect: effect.key, outcome: await someOutcome(one, effect, chance, credits) };
  }
  const at = new Date(Date.parse(now) + chance.below(86_400_000)).toISOString();
  const [deadline] = deadlines(state);
  const parcel = chance.one([...Object.keys(state.parcels), 'P1']);
  const item = chance.one([...Object.keys(state.items), 'P1-1']);
  const open = Object.values(state.attention);
  const sku = chance.often(0.9) ? 'MUG-1' : 'MUG-9';
  const owed = Object.values(state.clawbacks ?? {}).filter((clawback) => clawback.state === 'open');
  const settling = (): ReturnCommand => ({
    type: 'settle_clawback',
    clawback: owed.length === 0 ? 'C1' : chance.one(owed).clawback,
    how: chance.one(['paid', 'paid', 'waived', 'written_off', 'external']),
    note: 'n',
  });
  const commands: readonly (() => ReturnCommand)[] = [
    () => ({ type: 'review', decisions: [{ line: 'L1', approve: chance.often(0.7), note: 'n' }] }),
    () => ({ type: 'override', decisions: [{ line: 'L1', approve: true, note: 'n' }] }),
    () => (chance.often(0.2) ? { type: 'cancel', note: null } : { type: 'sync' }),
    () => ({ type: 'change_quantity', line: 'L1', quantity: chance.below(5), note: null }),
    () => ({ type: 'change_method', method: chance.one(['drop_off', 'pickup', 'counter', 'freight']), note: null }),
    () => ({ type: 'add_parcel' }),
    () => ({
      type: 'track',
      parcel,
      at,
      status: chance.one(['in_transit', 'delivered', 'failure', 'return_to_sender']),
    }),
    () => ({ type: 'report_pickup', pickup: 'K1', outcome: chance.one(['failed', 'collected']), at }),
    () => ({
      type: 'receive',
      parcel: chance.often(0.9) ? parcel : null,
      contents: chance.often(0.05) ? [] : [{ sku, quantity: 1 + chance.below(4), damagedInTransit: chance.often(0.2) }],
      partial: chance.often(0.4),
      ...(chance.often(0.2) ? { delivery: 'DN-1' } : {}),
    }),
    () => ({
      type: 'inspect_items',
      items: Object.values(state.items).map((each) => ({
        item: each.item,
        findings: someFindings(each.quantity, chance),
      })),
    }),
    () => ({ type: 'confirm_items', items: [item], evidence: 'DOCK-1' }),
    () => ({ type: 'inspect', item, findings: someFindings(state.items[item]?.quantity ?? 1, chance) }),
    () => ({
      type: 'dispose',
      item,
      disposition: chance.one(['liquidate', 'refurbish', 'donate', 'return_to_customer']),
      note: 'n',
    }),
    () => ({
      type: 'report_claim',
      claim: chance.one(['P1', 'P1:damaged', 'P2']),
      ...(chance.often(0.5)
        ? { outcome: 'refused' as const }
        : { outcome: 'paid' as const, amount: { amount: 700, currency: 'EUR' } }),
    }),
    () => ({ type: 'confirm_disposition', item, evidence: 'BIN-1' }),
    () => executionCommand(one, item, chance),
    () => ({
      type: 'refund_update',
      refund: 'S1-1',
      status: chance.one(['succeeded', 'failed', 'pending']),
      providerId: 're_1',
    }),
    () => ({
      type: 'adjust',
      direction: chance.one(['pay', 'claim']),
      amount: 1 + chance.below(1500),
      code: 'goodwill',
      note: 'n',
    }),
    () => exchangeCommand(state, chance),
    settling,
    // Where the buyer owes something, that is settled more often than chance would have it.
    ...(owed.length === 0 ? [] : [settling, settling]),
    () => {
      if (open.length === 0) return { type: 'sync' };
      const { attention, reason } = chance.one(open);
      const resolutions = attentionResolutions[reason];
      if (resolutions.length === 0) return { type: 'sync' };
      return { type: 'resolve', attention, resolution: chance.one(resolutions), note: 'n' };
    },
    () =>
      deadline === undefined ? { type: 'sync' } : { type: 'deadline', deadline: deadline.deadline, due: deadline.at },
  ];
  return chance.one(commands)();
}

/** What the shop says of goods that go out. */
function exchangeCommand({ exchange }: Opened, chance: Chance): ReturnCommand {
  return chance.one<ReturnCommand>([
    { type: 'pay_exchange', exchange: 'X1', amount: exchange?.due ?? 1, reference: 'ch_1' },
    { type: 'ship_exchange', exchange: 'X1', carrier: null, tracking: 'T-1', serials: [] },
    chance.often(0.2) ? { type: 'drop_exchange', exchange: 'X1', note: 'n' } : { type: 'sync' },
  ]);
}

/** What an execution says of an item that it has, or would have. */
function executionCommand(one: DrivenReturn, id: string, chance: Chance): ReturnCommand {
  const item = one.opened.items[id];
  const execution = item?.execution ?? 'VR-1';
  const disposition = item?.choice?.disposition ?? 'liquidate';
  const amount = 1 + chance.below(300);
  return chance.one<ReturnCommand>([
    { type: 'take_up', item: id, execution, disposition, quantity: item?.quantity ?? 1 },
    { type: 'set_free', item: id, execution },
    { type: 'set_free', item: id, execution, instead: chance.one(['quarantine', 'recycle']) },
    { type: 'confirm_disposition', item: id, evidence: execution, execution },
    { type: 'record_recovery', item: id, from: 'vendor', reference: execution, amount },
    { type: 'record_work', item: id, execution, results: someResults(item?.quantity ?? 1, chance) },
  ]);
}

/** What became of an item's units at a bench, in one part or two. */
function someResults(quantity: number, chance: Chance): readonly WorkResult[] {
  const first = 1 + chance.below(quantity);
  return [first, quantity - first]
    .filter((each) => each > 0)
    .map((each) => ({
      quantity: each,
      serials: [],
      outcome: chance.one(workOutcomes),
      facts: chance.often(0.5) ? null : asNew,
      added: chance.below(300),
    }));
}

async function someOutcome(
  one: DrivenReturn,
  effect: Effect,
  chance: Chance,
  credits: StoreCredits,
): Promise<EffectOutcome> {
  if (chance.often(0.15)) return { type: chance.one(['refused', 'unavailable']), code: 'rejected' };
  const cost = { amount: 500, currency: 'EUR' } as const;
  switch (effect.kind) {
    case 'buy_label':
      return { type: 'label_bought', carrier: 'UPS', tracking: `1Z${one.rma}`, providerId: 'shp_1', cost };
    case 'void_label':
      return { type: 'label_voided', voided: chance.often(0.7) };
    case 'book_pickup': {
      const { windowStart, windowEnd } = effect;
      return { type: 'pickup_booked', providerId: 'pickup_1', confirmation: 'C', windowStart, windowEnd, cost };
    }
    case 'cancel_pickup':
      return { type: 'pickup_cancelled', cancelled: chance.often(0.7) };
    case 'open_claim':
      return { type: 'claim_opened', providerId: 'clm_1' };
    case 'withdraw_claim':
      return { type: 'claim_withdrawn', withdrawn: chance.often(0.5) };
    case 'reserve_units': {
      const { line, orderLine, total, known } = effect;
      const units = await one.journal.reserveUnits({ rma: one.rma, wants: [{ line, orderLine, total, known }] });
      return { type: 'units_reserved', units };
    }
    case 'reserve_stock':
      return chance.often(0.2)
        ? { type: 'refused', code: 'out_of_stock' }
        : { type: 'stock_reserved', facility: 'RC-1' };
    case 'release_stock':
      return { type: 'stock_released' };
    case 'take_back_credit': {
      const { clawback, refund, atMost } = effect;
      const asked = { reference: `${one.rma}:${clawback}:${refund}`, credit: `SC-${one.rma}-${refund}`, atMost };
      return { type: 'credit_taken', ...(await credits.takeBackCredit(asked)) };
    }
    case 'place_hold':
      return { type: 'hold_placed', providerId: 'pi_1' };
    case 'charge_card':
      return { type: 'card_charged', providerId: 'pi_charge' };
    case 'capture_hold':
      return { type: 'hold_captured' };
    case 'release_hold':
      return { type: 'hold_released', released: chance.often(0.7) };
    case 'issue_credit_memo':
      return { type: 'refunded', status: 'succeeded', providerId: 'main-000001' };
    case 'repay_charge':
    case 'refund':
      return {
        type: 'refunded',
        status: chance.one(['succeeded', 'succeeded', 'pending', 'failed']),
        providerId: 're_1',
      };
    default:
      return unreachable(effect);
  }
}

function someFindings(quantity: number, chance: Chance): readonly Finding[] {
  const facts = (): ConditionFacts => ({
    ...asNew,
    packaging: chance.one(['sealed', 'opened', 'missing']),
    cosmetic: chance.one(['pristine', 'light_wear', 'damaged']),
    contamination: chance.often(0.1) ? 'confirmed' : 'none',
  });
  const first = 1 + chance.below(quantity);
  const rest = quantity - first;
  return rest === 0 || chance.often(0.3)
    ? [{ quantity: first, facts: facts() }]
    : [
        { quantity: first, facts: facts() },
        { quantity: rest, facts: facts() },
      ];
}

/** Sends a command, and where the world had moved what the journal says of it first, as the workflow does. */
export async function followed(
  one: DrivenReturn,
  command: ReturnCommand,
  options: Partial<Envelope> = {},
): Promise<void> {
  const { stale } = await one.send(command, options);
  if (stale === null) return;
  await one.send(newsOf(stale), options);
  await one.send(command, options);
}

function newsOf(stale: StaleNews): ReturnCommand {
  if (stale.type === 'payments') return { type: 'payments_changed', payments: stale.payments };
  if (stale.type === 'basket') return { type: 'basket_changed', basket: stale.basket };
  if (stale.type === 'stop_sale') return { type: 'stop_goods', recall: stale.recall, goods: stale.goods };
  return { type: 'ledger_disagrees', detail: stale.detail };
}
