import { z } from 'zod';
import { milliseconds } from '../../domain/duration.ts';
import { isCurrency } from '../../domain/money.ts';
import {
  collectionMethods,
  instruments,
  type Policy,
  programs,
  type PolicyRules as Rules,
} from '../../domain/policy.ts';
import { PlainText } from '../fields.ts';

/** The id of a policy, chosen by who first drafts it. */
export const PolicyId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'use small letters, digits and hyphens, a letter first, as in customer-default')
  .meta({ example: 'customer-default' });

const BasisPoints = z.int().min(0).max(10_000).meta({ description: 'Hundredths of a percent: 1500 is 15 %.' });

const Duration = z
  .string()
  .max(40)
  .refine((text) => isDuration(text), 'use an ISO 8601 duration of weeks, days, hours, minutes, seconds, as in P14D')
  .meta({ example: 'P14D' });

const Instant = z.iso.datetime({ offset: true }).overwrite((text) => new Date(text).toISOString());

const AmountByCurrency = z
  .record(
    z.string().refine(isCurrency, 'is not a currency of ISO 4217'),
    z.int('use a whole number of minor units').min(0).max(1_000_000_000_000),
  )
  .meta({ description: 'Minor units by currency; a currency that is not named has none.' });

const Category = PlainText.min(1).max(60);
const ByGrade = z.strictObject({ A: BasisPoints, B: BasisPoints, C: BasisPoints, D: BasisPoints });
const Days = z.int().min(0).max(3_650);

function byChannel<T extends z.ZodType>(each: T) {
  return z.strictObject({
    restock: each,
    refurbish: each,
    return_to_vendor: each,
    liquidate: each,
    donate: each,
    recycle: each,
    destroy: each,
  });
}

/** The rules as they are drafted: a policy without its number, which it gets when it is published. */
export const PolicyRules = z
  .strictObject({
    program: z.enum(programs),
    zone: z
      .string()
      .max(60)
      .refine((zone) => isZone(zone), 'is not an IANA time zone, as in Europe/Amsterdam'),
    window: z.strictObject({
      days: Days,
      byCategory: z.record(Category, Days),
      extensions: z.array(z.strictObject({ from: Instant, to: Instant, until: Instant })).max(50),
    }),
    finalSaleCategories: z.array(Category).max(500),
    hygieneCategories: z.array(Category).max(500),
    methods: z.array(z.enum(collectionMethods)),
    fees: z.strictObject({
      restockingBasisPoints: BasisPoints,
      returnShipping: AmountByCurrency,
      waivedFor: z.array(z.enum(['buyer', 'us', 'vendor', 'carrier'])),
    }),
    diminishedValueBasisPoints: ByGrade,
    review: z.strictObject({
      aboveAmount: AmountByCurrency,
      frequentReturns: z.strictObject({ count: z.int().min(0).max(10_000), days: Days }),
    }),
    returnlessUpTo: AmountByCurrency,
    receipt: z.strictObject({
      reminders: z.array(Duration).max(20),
      escalation: Duration,
      expiry: Duration,
      lostAfter: Duration,
    }),
    pickup: z.strictObject({
      leadTime: Duration,
      windowLength: Duration,
      rebookings: z.int().min(0).max(20),
      silence: Duration,
    }),
    inspectionWithin: Duration,
    dispositionWithin: Duration,
    refund: z.strictObject({
      timing: z.enum(['receipt', 'inspection']),
      instruments: z.array(z.enum(instruments)),
      pendingCheck: Duration,
    }),
    disposition: z.strictObject({
      recoveryBasisPoints: byChannel(ByGrade),
      handling: byChannel(AmountByCurrency),
      decayBasisPointsPerDay: BasisPoints,
      days: byChannel(Days),
    }),
  })
  .meta({ id: 'PolicyRules' }) satisfies z.ZodType<Rules>;

/** A policy as it is stored; what isn't one was never stored by us. */
export const PolicyDocument = PolicyRules.extend({ id: PolicyId, version: z.int().positive() }).meta({
  id: 'Policy',
}) satisfies z.ZodType<Policy>;

function isDuration(text: string): boolean {
  try {
    return Number.isSafeInteger(milliseconds(text));
  } catch {
    return false;
  }
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
