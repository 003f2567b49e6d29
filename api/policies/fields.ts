import { z } from 'zod';
import { isCurrency } from '../../domain/money/money.ts';
import { reasonCodes } from '../../domain/reasons.ts';
import { isWait } from '../../domain/time/duration.ts';
import { Instant, PlainText } from '../fields.ts';

export const BasisPoints = z.int().min(0).max(10_000).meta({ description: 'Hundredths of a percent: 1500 is 15 %.' });

export const Duration = z
  .string()
  .max(40)
  .refine(
    isWait,
    'use an ISO 8601 duration of weeks, days, hours, minutes, seconds, as in P14D, of a hundred years at most',
  )
  .meta({ example: 'P14D' });

export const AmountByCurrency = z
  .record(
    z.string().refine(isCurrency, 'is not a currency of ISO 4217'),
    z.int('use a whole number of minor units').min(0).max(1_000_000_000_000),
  )
  .meta({ description: 'Minor units by currency; a currency that is not named has none.' });

export const Category = PlainText.min(1).max(60);
export const ByGrade = z.strictObject({ A: BasisPoints, B: BasisPoints, C: BasisPoints, D: BasisPoints });
export const Days = z.int().min(0).max(3_650);
export const Months = z.int().min(0).max(360);

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

export const Fees = z.strictObject({
  restockingBasisPoints: BasisPoints,
  returnShipping: AmountByCurrency,
  waivedFor: z.array(z.enum(['buyer', 'us', 'vendor', 'carrier'])),
  waivedForReasons: z
    .array(z.enum(reasonCodes))
    .exactOptional()
    .meta({ description: 'Reasons that waive both fees, whoever is at fault.' }),
});

export const Extensions = z.array(z.strictObject({ from: Instant, to: Instant, until: Instant })).max(50);

export const Receipt = z.strictObject({
  reminders: z.array(Duration).max(20),
  escalation: Duration,
  expiry: Duration,
  lostAfter: Duration,
  claimWithin: Duration.exactOptional().meta({
    description: 'How long a carrier’s answer to a claim is waited for. Absent: claims are not followed.',
  }),
});

export const Pickup = z.strictObject({
  leadTime: Duration,
  windowLength: Duration,
  rebookings: z.int().min(0).max(20),
  silence: Duration,
});

export const Disposition = z.strictObject({
  recoveryBasisPoints: byChannel(ByGrade),
  handling: byChannel(AmountByCurrency),
  decayBasisPointsPerDay: BasisPoints,
  days: byChannel(Days),
  refurbishments: z.int().min(0).max(100).exactOptional().meta({
    description: 'How often a unit may be refurbished. Absent: as often as it comes back.',
  }),
});
