import { z } from 'zod';
import { instruments, offeredMethods, type PolicyRule as Rule, refundTimings } from '../../domain/policy/policy.ts';
import { Country, PlainText } from '../fields.ts';
import {
  AmountByCurrency,
  ByGrade,
  Category,
  Days,
  Disposition,
  Duration,
  Extensions,
  Fees,
  Pickup,
  Receipt,
} from './fields.ts';
import { SomeInspection } from './inspection.ts';

const names = (each: z.ZodType<string>, description: string) =>
  z.array(each).min(1).max(500).exactOptional().meta({ description });

/** What rules, routes and zones are called by. */
export const RuleName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'use small letters, digits and hyphens, a letter first, as in electronics-14-days');

/** What a facility can do, as the merchant calls it. */
export const Capability = PlainText.min(1).max(60);

/** A condition that is absent holds for all. */
export const Conditions = z.strictObject({
  categories: names(Category, 'Of the goods.'),
  channels: names(PlainText.min(1).max(60), 'Where they were sold, as orders name it.'),
  countries: names(Country, 'Where they were sold to.'),
  buyerGroups: names(PlainText.min(1).max(60), 'As orders name the groups of buyers.'),
});

const Settings = z.strictObject({
  window: z.strictObject({ days: Days.exactOptional(), extensions: Extensions.exactOptional() }).exactOptional(),
  finalSale: z.boolean().exactOptional(),
  hygiene: z.boolean().exactOptional().meta({ description: 'These goods cannot come back once opened.' }),
  methods: z.array(z.enum(offeredMethods)).exactOptional(),
  fees: z
    .strictObject({
      restockingBasisPoints: Fees.shape.restockingBasisPoints.exactOptional(),
      returnShipping: Fees.shape.returnShipping.exactOptional(),
      waivedFor: Fees.shape.waivedFor.exactOptional(),
      waivedForReasons: Fees.shape.waivedForReasons,
    })
    .exactOptional(),
  diminishedValueBasisPoints: ByGrade.exactOptional(),
  review: z
    .strictObject({
      aboveAmount: AmountByCurrency.exactOptional(),
      frequentReturns: z.strictObject({ count: z.int().min(0).max(10_000) }).exactOptional(),
    })
    .exactOptional(),
  returnlessUpTo: AmountByCurrency.exactOptional(),
  inspectionWithin: Duration.exactOptional(),
  inspection: SomeInspection.exactOptional(),
  dispositionWithin: Duration.exactOptional(),
  refund: z
    .strictObject({
      timing: z.enum(refundTimings).exactOptional(),
      instruments: z.array(z.enum(instruments)).exactOptional(),
      adjustAfterSettlement: z.enum(['claim', 'person']).exactOptional(),
    })
    .exactOptional(),
  disposition: z
    .strictObject({
      recoveryBasisPoints: Disposition.shape.recoveryBasisPoints.exactOptional(),
      handling: Disposition.shape.handling.exactOptional(),
      decayBasisPointsPerDay: Disposition.shape.decayBasisPointsPerDay.exactOptional(),
      days: Disposition.shape.days.exactOptional(),
    })
    .exactOptional(),
  receipt: Receipt.exactOptional(),
  pickup: Pickup.exactOptional(),
});

/** What differs for some goods, channels, countries or buyers. */
export const PolicyRule = z
  .strictObject({
    rule: RuleName.meta({ example: 'electronics-14-days', description: 'Its name, which decisions cite.' }),
    when: Conditions,
    set: Settings,
  })
  .meta({ id: 'PolicyRule' }) satisfies z.ZodType<Rule>;
