import type { DeliveryTerms } from '../delivery/terms.ts';
import type { Grade } from '../goods/grading.ts';
import type { InspectionPolicy } from '../goods/inspection.ts';
import type { Currency } from '../money/money.ts';
import type { Fault, ReasonCode } from '../reasons.ts';
import type { WarrantyTerms } from '../sale/warranty.ts';
import type { StoreCreditTerms } from '../store-credit/expiry.ts';
import type { Duration, Instant } from '../time/duration.ts';
import type { ExceptionGround } from './law.ts';
import type { RejectionTerms } from './rejection.ts';
import type { RoutingPolicy } from './routing.ts';

/** The kind of a return; it picks the rules, and each policy is about one. */
export const programs = [
  'customer',
  'business',
  'unsold',
  'undeliverable',
  'warranty',
  'end_of_life',
  'trade_in',
  'asset_recovery',
  'recall',
  'rental',
] as const;
export type Program = (typeof programs)[number];

/**
 * How goods come back. `counter`: their buyer brings them to a store, which receives them then and there. `freight`: their
 * sender has them brought, on pallets as a rule, at its own cost: there is no label and no pickup of ours. `along`: in a
 * parcel of another return of the same buyer, and so by its method.
 */
export const collectionMethods = ['drop_off', 'pickup', 'counter', 'freight', 'along'] as const;
export type CollectionMethod = (typeof collectionMethods)[number];

/** What a policy offers by name; goods may go along with others wherever those may come. */
export const offeredMethods = [
  'drop_off',
  'pickup',
  'counter',
  'freight',
] as const satisfies readonly CollectionMethod[];
export type OfferedMethod = (typeof offeredMethods)[number];

/** Goods come in parcels with labels of ours; by the other methods they come without. */
export const hasLabels = (method: CollectionMethod): method is 'drop_off' | 'pickup' =>
  method === 'drop_off' || method === 'pickup';

/**
 * To whom paid how: the payments themselves, credit in the shop, or a credit memo on a business customer's account; or with
 * goods: others, the difference paid either way, or the same again; or not at all, as the goods go back to their owner mended.
 */
export const moneyInstruments = ['original', 'store_credit', 'credit_memo'] as const;
export const instruments = [...moneyInstruments, 'exchange', 'replacement', 'repair'] as const;
export type Instrument = (typeof instruments)[number];

/** These pay. */
export const givesMoney = (instrument: Instrument): instrument is (typeof moneyInstruments)[number] =>
  moneyInstruments.some((each) => each === instrument);

/** These give goods rather than money. */
export const givesGoods = (instrument: Instrument): instrument is 'exchange' | 'replacement' =>
  instrument === 'exchange' || instrument === 'replacement';

/**
 * When money is due: in advance, with the authorization or the carrier's first scan; as soon as goods have arrived; or
 * after they were inspected.
 */
export const refundTimings = ['authorization', 'first_scan', 'receipt', 'inspection'] as const;
export type RefundTiming = (typeof refundTimings)[number];

/** Minor units by currency; a currency that is not named has no threshold. */
export type AmountByCurrency = Readonly<Record<Currency, number>>;

/**
 * The rules of a program, as one versioned document. A sale freezes the version it was made under.
 * Durations are ISO 8601; basis points are hundredths of a percent (1500 = 15 %).
 */
export type Policy = {
  readonly id: string;
  readonly version: number;
  readonly program: Program;
  /** IANA zone in which days and reminders are counted. */
  readonly zone: string;
  readonly window: {
    readonly days: number;
    readonly byCategory: Readonly<Record<string, number>>;
    /** Deliveries in [from, to) may come back until `until`, e.g. a holiday season. */
    readonly extensions: readonly { readonly from: Instant; readonly to: Instant; readonly until: Instant }[];
  };
  readonly finalSaleCategories: readonly string[];
  /** Goods that cannot come back once opened. */
  readonly hygieneCategories: readonly string[];
  readonly methods: readonly OfferedMethod[];
  readonly fees: {
    readonly restockingBasisPoints: number;
    /** Taken once a return. */
    readonly returnShipping: AmountByCurrency;
    /** Whose fault waives both fees. */
    readonly waivedFor: readonly Fault[];
    /** Reasons that waive both fees whoever is at fault; absent in policies from before there were any: none. */
    readonly waivedForReasons?: readonly ReasonCode[];
  };
  /** What is taken off the price by grade where the buyer is at fault. */
  readonly diminishedValueBasisPoints: Readonly<Record<Grade, number>>;
  readonly review: {
    /** A return worth more than this waits for a person. */
    readonly aboveAmount: AmountByCurrency;
    /** More returns than this by one buyer within the days wait for a person. */
    readonly frequentReturns: { readonly count: number; readonly days: number };
  };
  /** Worth no more than this: the buyer keeps the goods and is settled at once. */
  readonly returnlessUpTo: AmountByCurrency;
  readonly receipt: {
    readonly reminders: readonly Duration[];
    readonly escalation: Duration;
    readonly expiry: Duration;
    /** Silence of the carrier after its first scan that makes a parcel lost. */
    readonly lostAfter: Duration;
    /**
     * How long a carrier's answer to a claim is waited for before a person is told. Absent in policies from before claims
     * were followed: a lost parcel is claimed for and no answer waited for, and damage is not claimed.
     */
    readonly claimWithin?: Duration;
  };
  readonly pickup: {
    /** From authorization to the start of the first pickup window, and from a failed attempt to the next. */
    readonly leadTime: Duration;
    readonly windowLength: Duration;
    /** How often a failed pickup is booked again before a drop-off label takes its place. */
    readonly rebookings: number;
    /** How long after a window without news the pickup counts as failed. */
    readonly silence: Duration;
  };
  readonly inspectionWithin: Duration;
  /** Absent: the standard questions, asked of one person. */
  readonly inspection?: InspectionPolicy;
  /** How long a decided disposition may wait for its confirmation before a person is told. */
  readonly dispositionWithin: Duration;
  readonly refund: {
    readonly timing: RefundTiming;
    /** What is offered, in the order in which it is tried where something comes to nothing: repair, else replacement, else money. */
    readonly instruments: readonly Instrument[];
    /** A refund still pending after this is asked for at the provider. */
    readonly pendingCheck: Duration;
    /**
     * What happens where goods that were settled turn out to be worth less than they were settled for: the difference is
     * claimed from the buyer, or a person decides; where they are worth more it is paid. Absent in policies from before
     * there was a choice: nothing is adjusted.
     */
    readonly adjustAfterSettlement?: 'claim' | 'person';
    /**
     * Whose fault gives back what the buyer paid for the way out, once all that was sent has come back, law or no law.
     * Absent in policies from before there was a choice: nobody's.
     */
    readonly outboundShippingFor?: readonly Fault[];
    /**
     * Where a refund goes by itself that failed for good, or that no payment can take: to store credit, if the buyer has said
     * with the request that this will do (Directive 2011/83/EU, Art. 13(1)). Absent: a person decides.
     */
    readonly fallback?: 'store_credit';
    /**
     * What a buyer owes is first taken from what is left of the store credit that the return gave. Absent in policies from
     * before credit was kept: it isn't.
     */
    readonly clawsBackCredit?: true;
    /**
     * What a buyer owes is charged to the card that paid, once a claim, if its owner has agreed. Absent in policies from
     * before there was a choice: no card is charged.
     */
    readonly chargesConsented?: true;
    /** How long store credit can be spent, never less than the law of the sale's country says. Absent: for ever. */
    readonly storeCredit?: StoreCreditTerms;
    /**
     * When a buyer who owes us money is reminded, and when a person takes it over, each counted from the claim. Absent:
     * a person has it at once.
     */
    readonly dunning?: { readonly reminders: readonly Duration[]; readonly person: Duration };
  };
  /**
   * How long a buyer has to pay the difference of an exchange, and the shop to ship goods that are ready before a person
   * is told. Absent in policies from before there were exchanges: 7 days and 3.
   */
  readonly exchange?: {
    readonly payWithin: Duration;
    readonly shipWithin: Duration;
    /**
     * Goods go out before the others have come only against an amount held on the card of a buyer who has agreed to that;
     * `goodsWithin` is the time, from the hold on, after which it is taken for what has not come. Banks keep a hold for a
     * week. Absent: they go out when the policy settles, and nothing is held.
     */
    readonly firstAgainstHold?: { readonly goodsWithin: Duration };
  };
  /**
   * What becomes of promotions when a part of a sale comes back: it takes its share of the discounts with it, or what is kept
   * is priced again by the promotions as they were at the sale. Absent: `prorate`.
   */
  readonly promotions?: 'prorate' | 'recompute';
  /**
   * Whether a buyer's wish alone brings back some components of a kit: each for its share of the price, or none but whole
   * kits. Absent: `by_component`.
   */
  readonly kits?: 'by_component' | 'whole_only';
  readonly disposition: DispositionPolicy;
  /**
   * Goods that somebody brings without saying of which order: they are worth the least that a unit was sold for within the
   * days, as store credit, after a person has agreed. Absent: they aren't taken.
   */
  readonly withoutReceipt?: { readonly lowestPriceDays: number };
  /** What a unit of used equipment is credited with at the end of its life, whatever its state; absent: nothing. */
  readonly takeBackCredit?: AmountByCurrency;
  /**
   * What differs from all of the above for some goods, channels, countries or buyers; see rules-for.ts. Absent in
   * policies from before there were any: none.
   */
  readonly rules?: readonly PolicyRule[];
  /** Of the program `undeliverable`: how goods are saved before they come back. Absent: the default terms. */
  readonly delivery?: DeliveryTerms;
  /** Of the program `warranty`: for how long. Absent in policies from before there were returns of it: for the window. */
  readonly warranty?: WarrantyTerms;
  /** Absent in policies from before buyers were asked: goods that aren't accepted go back to them, unless a person says otherwise. */
  readonly rejected?: RejectionTerms;
  /** Which facility receives what; absent: the nearest. */
  readonly routing?: RoutingPolicy;
  /**
   * Which categories are of a kind that a legal right to withdraw leaves out; see law.ts. Hygiene categories are
   * `sealed_hygiene` without being named. Absent in policies from before the law was looked at: none.
   */
  readonly withdrawalExceptions?: Readonly<Record<string, ExceptionGround>>;
};

/** A part of a policy that holds for some sales only; `rule` is its name, which decisions cite. */
export type PolicyRule = {
  readonly rule: string;
  readonly when: RuleConditions;
  readonly set: RuleSettings;
};

/** Each condition that is there must hold, by any one of its values. */
export type RuleConditions = {
  readonly categories?: readonly string[];
  readonly channels?: readonly string[];
  /** Where the goods were sold to, in the two letters of ISO 3166-1. */
  readonly countries?: readonly string[];
  readonly buyerGroups?: readonly string[];
};

/** What a rule puts in the place of the policy's own; what it doesn't name stays as it is. */
export type RuleSettings = {
  readonly window?: Partial<Pick<Policy['window'], 'days' | 'extensions'>>;
  readonly finalSale?: boolean;
  readonly hygiene?: boolean;
  readonly methods?: readonly OfferedMethod[];
  readonly fees?: Partial<Policy['fees']>;
  readonly diminishedValueBasisPoints?: Policy['diminishedValueBasisPoints'];
  readonly review?: {
    readonly aboveAmount?: AmountByCurrency;
    /** Over the days of the policy itself, as they are counted before any rule is known. */
    readonly frequentReturns?: { readonly count: number };
  };
  readonly returnlessUpTo?: AmountByCurrency;
  readonly inspectionWithin?: Duration;
  readonly inspection?: Partial<InspectionPolicy>;
  readonly dispositionWithin?: Duration;
  readonly refund?: Partial<Pick<Policy['refund'], 'timing' | 'instruments' | 'adjustAfterSettlement'>>;
  readonly disposition?: Partial<DispositionPolicy>;
  /** These two are of the whole return, so a rule by category can't set them. */
  readonly receipt?: Policy['receipt'];
  readonly pickup?: Policy['pickup'];
};

/** The rules as they are drafted, before they are a version of a policy. */
export type PolicyRules = Omit<Policy, 'id' | 'version'>;

/** What the disposition rules need: prices by grade and channel, and costs; see disposition.ts. */
export type DispositionPolicy = {
  /** Expected price as basis points of the unit's price net of tax, by grade, for each channel. */
  readonly recoveryBasisPoints: Readonly<Record<DispositionChannel, Readonly<Record<Grade, number>>>>;
  /** Minor units for handling one unit, by currency, for each channel. */
  readonly handling: Readonly<Record<DispositionChannel, AmountByCurrency>>;
  /** Lost value per day of waiting, as basis points of the price, and the days each channel takes. */
  readonly decayBasisPointsPerDay: number;
  readonly days: Readonly<Record<DispositionChannel, number>>;
  /**
   * How often a unit may be refurbished: then it is barred from it. Absent in policies from before it was counted: as
   * often as it comes back.
   */
  readonly refurbishments?: number;
};

/**
 * Channels that compete on net recovery, in the order that settles a tie; the other dispositions are chosen by vetoes or by
 * a person.
 */
export const dispositionChannels = [
  'restock',
  'refurbish',
  'return_to_vendor',
  'liquidate',
  'donate',
  'recycle',
  'destroy',
] as const;
export type DispositionChannel = (typeof dispositionChannels)[number];
