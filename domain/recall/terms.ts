import type { Duration } from '../time/duration.ts';
import type { ConsigneeKind } from './lots.ts';

/**
 * What a firm does about goods that it has distributed (21 CFR 7.3): takes them back or has them destroyed (`recall`), has
 * them put right where they are (`correction`), or removes them for a minor fault that no authority would act on
 * (`market_withdrawal`).
 */
export const recallKinds = ['recall', 'correction', 'market_withdrawal'] as const;
export type RecallKind = (typeof recallKinds)[number];

/** How grave the hazard is, I the gravest (21 CFR 7.3(m)); an authority assigns it, often after the start. */
export const hazardClasses = ['I', 'II', 'III'] as const;
export type HazardClass = (typeof hazardClasses)[number];

/** How far down the chain it reaches (21 CFR 7.42(b)(1)). */
export const depths = ['wholesale', 'retail', 'consumer'] as const;
export type Depth = (typeof depths)[number];

/**
 * How many consignees are asked whether they got the notice and acted on it (21 CFR 7.42(b)(3)): A all, B a chosen share, C a
 * tenth, D a fiftieth, E none.
 */
export const effectivenessLevels = ['A', 'B', 'C', 'D', 'E'] as const;
export type EffectivenessLevel = (typeof effectivenessLevels)[number];

/** When a consignee who doesn't answer hears from us again, each from the first notice. The last word comes after all reminders. */
export type NoticeSchedule = { readonly reminders: readonly Duration[]; readonly escalation: Duration };

/** A schedule for each class, and for as long as there is none. */
export type NoticeSchedules = Readonly<Record<HazardClass | 'unclassified', NoticeSchedule>>;

/** How long each of our facilities has to find stopped goods and set them aside, by class. */
export type ConfirmWithin = Readonly<Record<HazardClass | 'unclassified', Duration>>;

/** How a recall is conducted (21 CFR 7.42). */
export type RecallStrategy = {
  readonly effectiveness: EffectivenessLevel;
  /** Of level B, in basis points; absent where another level was chosen, and in a B that never said. */
  readonly checkShare?: number | null;
  readonly schedules: NoticeSchedules;
  /** Absent, as in recalls of before: no facility is asked to confirm anything, and what the books have there counts as seen. */
  readonly confirmWithin?: ConfirmWithin;
  /** The most notices that leave in a minute, all waves together. */
  readonly perMinute: number;
  /** How many waves send their first notices at the same time. */
  readonly window: number;
  /** The most consignees of one wave. */
  readonly waveSize: number;
};

/** Starting points, as the schedules of notices are. */
export const defaultConfirmWithin: ConfirmWithin = { I: 'P1D', II: 'P3D', III: 'P7D', unclassified: 'P2D' };

/** Starting points, to be replaced by a coordinator's own: the law sets no times, but asks for what fits the hazard. */
export const defaultStrategy: RecallStrategy = {
  effectiveness: 'A',
  schedules: {
    I: { reminders: ['P1D', 'P2D'], escalation: 'P3D' },
    II: { reminders: ['P3D', 'P7D'], escalation: 'P14D' },
    III: { reminders: ['P7D', 'P14D'], escalation: 'P30D' },
    unclassified: { reminders: ['P2D', 'P5D'], escalation: 'P7D' },
  },
  confirmWithin: defaultConfirmWithin,
  perMinute: 12_000,
  window: 4,
  waveSize: 1_000,
};

export const scheduleFor = (schedules: NoticeSchedules, hazardClass: HazardClass | null): NoticeSchedule =>
  schedules[hazardClass ?? 'unclassified'];

/** The kinds of consignees that a recall of a depth is told to. */
export const reachedBy: Readonly<Record<Depth, readonly ConsigneeKind[]>> = {
  wholesale: ['distributor'],
  retail: ['distributor', 'store', 'business'],
  consumer: ['distributor', 'store', 'business', 'shopper'],
};
