import { z } from 'zod';
import { remedies } from '../../domain/delivery/terms.ts';
import { exceptionGrounds } from '../../domain/policy/law.ts';
import {
  instruments,
  offeredMethods,
  type Policy,
  programs,
  type PolicyRules as Rules,
  refundTimings,
} from '../../domain/policy/policy.ts';
import { defaultChoices } from '../../domain/policy/rejection.ts';
import {
  AmountByCurrency,
  BasisPoints,
  ByGrade,
  Category,
  Days,
  Disposition,
  Duration,
  Extensions,
  Fees,
  Months,
  Pickup,
  Receipt,
} from './fields.ts';
import { Inspection } from './inspection.ts';
import { PaidRepairBody } from './paid-repair.ts';
import { Routing } from './routing.ts';
import { PolicyRule } from './rule.ts';

/** The id of a policy, chosen by who first drafts it. */
export const PolicyId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'use small letters, digits and hyphens, a letter first, as in customer-default')
  .meta({ example: 'customer-default' });

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
      extensions: Extensions,
    }),
    finalSaleCategories: z.array(Category).max(500),
    hygieneCategories: z.array(Category).max(500),
    methods: z.array(z.enum(offeredMethods)),
    fees: Fees,
    diminishedValueBasisPoints: ByGrade,
    review: z.strictObject({
      aboveAmount: AmountByCurrency,
      frequentReturns: z.strictObject({ count: z.int().min(0).max(10_000), days: Days }),
    }),
    returnlessUpTo: AmountByCurrency,
    receipt: Receipt,
    pickup: Pickup,
    inspectionWithin: Duration,
    inspection: Inspection.exactOptional(),
    dispositionWithin: Duration,
    promotions: z.enum(['prorate', 'recompute']).exactOptional().meta({
      description:
        'What becomes of promotions when a part of a sale comes back: its share goes with it, or what is kept is priced again by them. Absent: prorate.',
    }),
    kits: z.enum(['by_component', 'whole_only']).exactOptional().meta({
      description:
        'Whether components of a kit come back by themselves, each for its share of the price, or whole kits alone, unless they are not as they should be. Absent: by_component.',
    }),
    refund: z.strictObject({
      timing: z.enum(refundTimings),
      instruments: z.array(z.enum(instruments)),
      pendingCheck: Duration,
      adjustAfterSettlement: z.enum(['claim', 'person']).exactOptional(),
      fallback: z.literal('store_credit').exactOptional().meta({
        description: 'Where a refund goes that failed, if the buyer said with the request that store credit will do.',
      }),
      clawsBackCredit: z.literal(true).exactOptional().meta({
        description: 'What a buyer owes is first taken from what is left of the store credit that the return gave.',
      }),
      chargesConsented: z.literal(true).exactOptional().meta({
        description: 'What a buyer owes is charged to the card that paid, if its owner has agreed (`consent`).',
      }),
      storeCredit: z
        .strictObject({ expiresAfterMonths: z.int().min(1).max(1200) })
        .exactOptional()
        .meta({
          description:
            'How long store credit can be spent, by calendar months; the law may give longer. Absent: for ever.',
        }),
      outboundShippingFor: z
        .array(z.enum(['buyer', 'us', 'vendor', 'carrier']))
        .exactOptional()
        .meta({
          description: 'Whose fault gives the way out back once all that was sent has come back. Absent: nobody’s.',
        }),
      dunning: z.strictObject({ reminders: z.array(Duration).max(20), person: Duration }).exactOptional(),
    }),
    exchange: z
      .strictObject({
        payWithin: Duration,
        shipWithin: Duration,
        firstAgainstHold: z.strictObject({ goodsWithin: Duration }).exactOptional().meta({
          description:
            'Goods go out first only against an amount held on the card of a buyer who agreed; what has not come back in that time is taken of it. Absent: they go out when the policy settles.',
        }),
      })
      .exactOptional(),
    disposition: Disposition,
    withdrawalExceptions: z.record(Category, z.enum(exceptionGrounds)).exactOptional().meta({
      description:
        'Categories that a legal right to withdraw leaves out, and why. Hygiene categories need not be named.',
    }),
    rules: z
      .array(PolicyRule)
      .max(200)
      .exactOptional()
      .meta({ description: 'The first that matches and sets a field wins; else the policy itself.' }),
    delivery: z
      .strictObject({
        reminders: z.array(Duration).max(20),
        answerWithin: Duration,
        furtherAttempts: z.int().min(0).max(10),
        attemptWithin: Duration,
        holdFor: Duration,
        chooseWithin: Duration,
        otherwise: z.enum(remedies),
        refusalIsWithdrawal: z.boolean(),
      })
      .exactOptional()
      .meta({ description: 'Of the program `undeliverable`: how goods are saved before they come back.' }),
    warranty: z
      .strictObject({
        months: Months,
        byCategory: z.record(Category, Months),
        replacementMonths: Months,
        repairMonths: Months.exactOptional().meta({
          description: 'By how much the time of a unit gets longer with its first repair.',
        }),
        repairBasisPoints: BasisPoints.exactOptional().meta({
          description: 'What a repair may cost of what was paid for the goods. Absent: a person says it each time.',
        }),
        paidRepair: PaidRepairBody.exactOptional(),
      })
      .exactOptional()
      .meta({
        description:
          'Of the program `warranty`: its months from delivery, and the least that goods have from their shipment that replace others. Absent: the window.',
      }),
    rejected: z
      .strictObject({
        chooseWithin: Duration,
        otherwise: z.enum(defaultChoices),
        returnFee: AmountByCurrency.exactOptional().meta({
          description: 'What a buyer owes, once a return, who chooses to have the goods back.',
        }),
        partialRefundBasisPoints: BasisPoints.exactOptional().meta({
          description: 'The part of the refund that is offered for leaving the goods to you. Absent: none.',
        }),
      })
      .exactOptional()
      .meta({
        description:
          'Buyers choose what becomes of goods that are not accepted. Absent: they go back, nobody is asked.',
      }),
    routing: Routing.exactOptional(),
    takeBackCredit: AmountByCurrency.exactOptional().meta({
      description: 'What a unit of used equipment is credited with at the end of its life.',
    }),
    withoutReceipt: z.strictObject({ lowestPriceDays: z.int().min(1).max(3650) }).exactOptional(),
  })
  .meta({ id: 'PolicyRules' }) satisfies z.ZodType<Rules>;

/** A policy as it is stored; what isn't one was never stored by us. */
export const PolicyDocument = PolicyRules.extend({ id: PolicyId, version: z.int().positive() }).meta({
  id: 'Policy',
}) satisfies z.ZodType<Policy>;

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
