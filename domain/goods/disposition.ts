import type { Currency } from '../money/money.ts';
import { roundHalfUp } from '../money/shares.ts';
import { type DispositionChannel, type DispositionPolicy, dispositionChannels, type Policy } from '../policy/policy.ts';
import { rulesFor } from '../policy/rules-for.ts';
import type { OrderLineFacts } from '../sale/order.ts';
import type { DeviceFinding } from './evidence.ts';
import type { ConditionFacts, Grade } from './grading.ts';
import type { WorkDone } from './work.ts';

/** Where an item goes. */
export const dispositions = [
  'restock',
  'rework',
  'refurbish',
  'repair_and_return',
  'harvest_parts',
  'return_to_vendor',
  'liquidate',
  'donate',
  'recycle',
  'destroy',
  'return_to_customer',
  'quarantine',
] as const;
export type Disposition = (typeof dispositions)[number];

/** Why dispositions are barred; each veto names what it leaves. No role overrides one, only evidence lifts it. */
export const vetoCodes = [
  'recalled',
  'expired',
  'contaminated',
  'opened_hygiene',
  'hazardous',
  'lot_unknown',
  'data_not_wiped',
  'activation_locked',
  'refurbishment_limit',
  'beyond_repair',
] as const;
export type VetoCode = (typeof vetoCodes)[number];

/** One option as it was weighed; minor units of the return's currency for the whole item. */
export type Alternative = {
  readonly disposition: DispositionChannel;
  readonly price: number;
  readonly handling: number;
  readonly decay: number;
  readonly net: number;
};

export type DispositionChoice = {
  readonly disposition: Disposition;
  readonly alternatives: readonly Alternative[];
  readonly vetoes: readonly VetoCode[];
};

/** An item of the return after inspection: what the choice of its way looks at. */
export type InspectedGoods = {
  /** The order line it came from; null for goods on no line. */
  readonly sold: OrderLineFacts | null;
  readonly facts: ConditionFacts;
  readonly grade: Grade;
  readonly quantity: number;
  /** Minor units a unit, net of tax. */
  readonly unitPrice: number;
  readonly lot: string | null;
  /** What an inspector saw of a device; absent where nothing was. */
  readonly found?: readonly DeviceFinding[];
  /** Vetoes that evidence has lifted; absent where none has. */
  readonly lifted?: readonly VetoCode[];
  readonly policy: Policy;
  readonly currency: Currency;
  /** What was done to it at a bench; absent where nothing was. */
  readonly work?: WorkDone;
  /** How often its units were refurbished, the most of each. @default 0 */
  readonly refurbished?: number;
};

/** What each veto leaves. `quarantine` and `destroy` are in all of them, so any set of vetoes leaves something. */
const leaves: Readonly<Record<VetoCode, readonly Disposition[]>> = {
  recalled: ['quarantine', 'return_to_vendor', 'destroy'],
  expired: ['quarantine', 'return_to_customer', 'return_to_vendor', 'recycle', 'destroy'],
  contaminated: ['quarantine', 'destroy'],
  opened_hygiene: ['quarantine', 'return_to_customer', 'return_to_vendor', 'recycle', 'destroy'],
  hazardous: ['quarantine', 'return_to_vendor', 'recycle', 'destroy'],
  // Nobody could find these units again in a recall, so nobody gets them to use but who had them already.
  lot_unknown: ['quarantine', 'return_to_customer', 'recycle', 'destroy'],
  // Somebody's data leave us with their owner's device, or destroyed; not even a recycler or the vendor gets them.
  data_not_wiped: ['quarantine', 'return_to_customer', 'repair_and_return', 'destroy'],
  // Nobody else can use it, nor its parts, and it may have been stolen.
  activation_locked: [
    'quarantine',
    'return_to_customer',
    'repair_and_return',
    'return_to_vendor',
    'recycle',
    'destroy',
  ],
  refurbishment_limit: dispositions.filter((each) => each !== 'refurbish'),
  beyond_repair: ['quarantine', 'return_to_customer', 'harvest_parts', 'recycle', 'destroy'],
};

/** The vetoes on an item, all of them. */
export function vetoesOf({
  sold,
  facts,
  lot,
  policy,
  found = [],
  lifted = [],
  work,
  refurbished = 0,
}: Pick<
  InspectedGoods,
  'sold' | 'facts' | 'lot' | 'policy' | 'found' | 'lifted' | 'work' | 'refurbished'
>): VetoCode[] {
  // Nobody has used what is still sealed, so it bears nobody's data.
  const bearsData = sold?.dataBearing === true && facts.packaging !== 'sealed';
  const rules = rulesFor(policy, sold?.category ?? null);
  const isHygiene = sold !== null && (sold.hygiene || rules.hygiene);
  const { refurbishments: limit = Number.POSITIVE_INFINITY } = rules.disposition;
  const vetoes: readonly (readonly [VetoCode, boolean])[] = [
    ['recalled', sold?.recalled === true],
    ['expired', facts.expiry === 'expired'],
    ['contaminated', facts.contamination !== 'none'],
    ['opened_hygiene', isHygiene && facts.packaging !== 'sealed'],
    ['hazardous', sold?.hazardous === true],
    ['lot_unknown', sold?.lotControlled === true && lot === null],
    ['data_not_wiped', bearsData || found.includes('data_present')],
    ['activation_locked', found.includes('activation_locked')],
    ['refurbishment_limit', refurbished >= limit],
    ['beyond_repair', work?.outcome === 'beyond_repair'],
  ];
  return vetoes.filter(([code, applies]) => applies && !lifted.includes(code)).map(([code]) => code);
}

/**
 * Where an item goes: what the vetoes leave, and of that the channel with the highest net recovery; the alternatives keep
 * every channel that was weighed. Goods on no line, a recall, an unknown lot, data, a lock and a mere suspicion wait in quarantine:
 * there a person, a test or evidence knows more, and the other ways can't be taken back.
 */
export function chooseDisposition(goods: InspectedGoods): DispositionChoice {
  const vetoes = vetoesOf(goods);
  if (goods.sold === null) return { disposition: 'quarantine', alternatives: [], vetoes };
  const { disposition: costs } = rulesFor(goods.policy, goods.sold.category);
  const alternatives = dispositionChannels
    // A sale keeps its policy for years: one that is older than a channel says nothing of it.
    .filter((channel) => Object.hasOwn(costs.recoveryBasisPoints, channel))
    .filter((channel) => vetoes.every((veto) => leaves[veto].includes(channel)))
    .filter((channel) => channel !== 'restock' || isForSale(goods))
    // What was mended is done, and what isn't worth mending stays so.
    .filter((channel) => channel !== 'refurbish' || goods.work === undefined)
    .map((channel) => weigh(channel, costs, goods));
  const best = alternatives.reduce((leader, other) => (other.net > leader.net ? other : leader));
  const waits = goods.facts.contamination === 'suspected' || vetoes.some((veto) => awaitingMore.includes(veto));
  return { disposition: waits ? 'quarantine' : best.disposition, alternatives, vetoes };
}

/** Vetoes that somebody may yet lift. */
const awaitingMore: readonly VetoCode[] = ['recalled', 'lot_unknown', 'data_not_wiped', 'activation_locked'];

/** Whether a person may choose a disposition in place of the engine's choice: vetoes hold, and so does "only as new". */
export function isAllowed(choice: DispositionChoice, disposition: Disposition): boolean {
  if (disposition === 'restock')
    return choice.alternatives.some((alternative) => alternative.disposition === 'restock');
  return choice.vetoes.every((veto) => leaves[veto].includes(disposition));
}

/**
 * Only sealed goods of grade A join new stock. What was refurbished and works is stock of its own, and our own equipment is
 * used again, as long as it looks decent.
 */
const isForSale = (goods: InspectedGoods): boolean => {
  const { sold, grade, facts } = goods;
  if (sold?.bookValue === undefined && !isRefurbished(goods)) return grade === 'A' && facts.packaging === 'sealed';
  return facts.function === 'works' && (grade === 'A' || grade === 'B');
};

const isRefurbished = ({ work }: InspectedGoods): boolean => (work?.refurbished ?? 0) > 0;

function weigh(
  channel: DispositionChannel,
  { recoveryBasisPoints, handling: costs, decayBasisPointsPerDay, days }: DispositionPolicy,
  goods: InspectedGoods,
): Alternative {
  const { sold, grade, quantity, unitPrice, currency } = goods;
  // Refurbished goods are sold as such, for what was expected of refurbishing goods of their grade.
  const sells = channel === 'restock' && sold?.bookValue === undefined && isRefurbished(goods) ? 'refurbish' : channel;
  const price = roundHalfUp(unitPrice, quantity * recoveryBasisPoints[sells][grade], 10_000);
  const handling = quantity * (costs[channel][currency] ?? 0);
  const decay = Math.min(price, roundHalfUp(price, decayBasisPointsPerDay * days[channel], 10_000));
  return { disposition: channel, price, handling, decay, net: price - handling - decay };
}
