import { z } from 'zod';
import { claimKinds, claimStates } from '../../domain/return/claims.ts';
import { exchangeStates } from '../../domain/return/exchange.ts';
import type { Return } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { EvidenceBody } from './evidence.ts';
import { HoldBody } from './hold-out.ts';
import { RejectionBody } from './rejections.ts';
import { RepairQuoteBody } from './repair-quotes.ts';

const Time = z.iso.datetime();

/** Why a facility receives a return. */
export const RoutingBody = z
  .object({
    route: z.string().meta({ description: 'A route of the policy, or base where none led anywhere.' }),
    because: z.enum(['named', 'same_country', 'same_zone', 'only_elsewhere']),
  })
  .meta({ id: 'ReturnRouting' });

/** The version of a policy that the sale was made under. */
export const PolicyReference = z.object({ policy: z.string(), version: z.int() }).meta({ id: 'PolicyReference' });

export const ReturnSummaryBody = z
  .object({
    rma: z.string(),
    program: z.string(),
    order: z.string(),
    facility: z.string(),
    status: z.object({ goods: z.string(), money: z.string() }),
    method: z.string(),
    instrument: z.string(),
    quoted: MoneyBody,
    settled: MoneyBody,
    requestedAt: Time,
    authorizedAt: Time.nullable(),
    closedAt: Time.nullable(),
    nextDeadline: Time.nullable(),
    outcome: z.string().nullable(),
    policy: PolicyReference,
    gift: z.boolean().meta({ description: 'Who was given the goods brings them back; who gave them is not told.' }),
    version: z.int(),
    needsPerson: z.array(z.string()).meta({ description: 'Why it needs a person; empty where it does not.' }),
  })
  .meta({ id: 'ReturnSummary' });

export const AttentionBody = z
  .object({
    attention: z.string(),
    reason: z.string(),
    sentence: z.string(),
    subject: z.string().meta({ description: 'The line, item, parcel, pickup or refund that it is about.' }),
    detail: z.string().nullable().meta({
      description:
        'What is known beside: a provider’s code, how many units, both figures that differ, where goods are.',
    }),
    raisedAt: Time,
    resolutions: z.array(z.string()).meta({
      description: 'How it can be settled; empty where something else settles it: a review, a quote, a new shipment.',
    }),
  })
  .meta({ id: 'Attention' });

export const LineDecisionBody = z
  .object({
    line: z.string(),
    orderLine: z.string(),
    sku: z.string(),
    quantity: z.int(),
    reason: z.string(),
    verdict: z
      .string()
      .meta({ description: 'eligible, ineligible, needs_review; approved or declined after a review.' }),
    codes: z.array(z.string()),
    sentences: z.array(z.string()).meta({ description: 'The codes, as a shopper understands them.' }),
    floor: z
      .string()
      .nullable()
      .meta({ description: 'The law that lets the buyer withdraw, as in eu-withdrawal; null where none is known to.' }),
    rules: z.array(z.object({ code: z.string(), rule: z.string().nullable() })).meta({
      description:
        'Which rule of the policy made each code: its name, base for the policy itself, null where no policy has a say.',
    }),
  })
  .meta({ id: 'LineDecision' });

export const QuoteBody = z
  .object({
    total: MoneyBody,
    shippingFee: MoneyBody,
    outboundShipping: MoneyBody.meta({ description: 'Given back for the way to the buyer.' }),
    promotions: z.array(z.object({ promotion: z.string(), before: MoneyBody, after: MoneyBody })).meta({
      description: 'Promotions of the sale that change: what each took off before, and takes off what is kept.',
    }),
    lines: z.array(
      z.object({
        line: z.string(),
        quantity: z.int(),
        price: MoneyBody,
        discount: MoneyBody,
        tax: MoneyBody,
        restockingFee: MoneyBody,
        diminishedValue: MoneyBody,
        amount: MoneyBody,
      }),
    ),
  })
  .meta({ id: 'Quote', description: 'What will be settled if the goods are as claimed.' });

export const GoodsOutBody = z.array(z.object({ sku: z.string(), quantity: z.int() }));
export const WantedRows = z.array(z.object({ sku: z.string(), quantity: z.int(), price: z.int() }));
export const ShippedRows = z.array(z.object({ sku: z.string(), serials: z.array(z.string()) }));

export const ExchangeBody = z
  .object({
    exchange: z.string(),
    kind: z.enum(['exchange', 'replacement']),
    state: z.enum(exchangeStates),
    stock: z.string().meta({ description: 'none, wanted, reserved, releasing or released.' }),
    facility: z.string().nullable().meta({ description: 'Where the goods are kept; null until they are.' }),
    goods: z.array(z.object({ sku: z.string(), quantity: z.int(), price: MoneyBody })),
    price: MoneyBody,
    due: MoneyBody.meta({ description: 'What the buyer has yet to pay.' }),
    paid: MoneyBody,
    dueAt: Time.nullable().meta({ description: 'By when that is to be paid, or the goods are to be shipped.' }),
    toShip: GoodsOutBody.meta({ description: 'What may be shipped, or was; empty before.' }),
    shipment: z
      .object({ carrier: z.string().nullable(), tracking: z.string().nullable(), serials: ShippedRows })
      .nullable(),
  })
  .meta({ id: 'Exchange' });

export const ReturnBody = ReturnSummaryBody.extend({
  lines: z.array(
    LineDecisionBody.extend({
      cancelled: z.int(),
      kept: z.int(),
      outstanding: z.int(),
      missing: z.int(),
      received: z.int(),
    }),
  ),
  items: z.array(
    z.object({
      item: z.string(),
      line: z.string().nullable(),
      parcel: z.string(),
      sku: z.string(),
      quantity: z.int(),
      lot: z.string().nullable(),
      serials: z.array(z.string()),
      stage: z.string(),
      grade: z.string().nullable(),
      acceptance: z.string(),
      disposition: z.string().nullable(),
      vetoes: z.array(z.string()).meta({ description: 'What bars ways of it now, whoever asks; evidence lifts some.' }),
      evidence: z.array(EvidenceBody),
      rejection: RejectionBody.nullable().meta({
        description: 'Of goods that are not accepted: what their buyer may choose.',
      }),
      repairQuote: RepairQuoteBody.nullable().meta({
        description: 'What its owner is to pay to have it mended; null where nobody quoted.',
      }),
      settled: z.boolean(),
      execution: z
        .string()
        .nullable()
        .meta({ description: 'The vendor return, lot or work order that has it, or took it where it went.' }),
      location: z.string().nullable().meta({ description: 'Where it was put away; null where it was not restocked.' }),
      recovered: MoneyBody.meta({ description: 'What others gave us for it; never more than its cost.' }),
      added: MoneyBody.meta({ description: 'By what work on it has raised what it is carried at.' }),
      refurbished: z.int().meta({ description: 'How often its units were refurbished under this return.' }),
    }),
  ),
  parcels: z.array(
    z.object({
      parcel: z.string(),
      method: z.string(),
      label: z.string(),
      labelUrl: z.url().nullable().meta({ description: 'Where to print it, while it can be used.' }),
      carrier: z.string().nullable(),
      tracking: z.string().nullable(),
      status: z.string(),
      received: z.boolean(),
      lost: z.boolean(),
      claim: z.string(),
    }),
  ),
  pickups: z.array(
    z.object({ pickup: z.string(), parcel: z.string(), state: z.string(), windowStart: Time, windowEnd: Time }),
  ),
  claims: z.array(
    z.object({
      claim: z.string(),
      parcel: z.string(),
      kind: z.enum(claimKinds),
      state: z.enum(claimStates),
      amount: MoneyBody,
      paid: MoneyBody.nullable(),
    }),
  ),
  settlements: z.array(
    z.object({
      settlement: z.string(),
      total: MoneyBody,
      shippingFee: MoneyBody,
      outboundShipping: MoneyBody,
      instrument: z.string(),
    }),
  ),
  refunds: z.array(
    z.object({
      refund: z.string(),
      settlement: z.string(),
      payment: z.string().nullable(),
      storeCredit: z.string().nullable().meta({ description: 'Its number, where it is one.' }),
      creditMemo: z.string().nullable().meta({ description: 'Its number, once it was issued.' }),
      amount: MoneyBody,
      state: z.string(),
      code: z.string().nullable(),
    }),
  ),
  clawbacks: z
    .array(
      z.object({
        clawback: z.string(),
        cause: z.string(),
        total: MoneyBody,
        outstanding: MoneyBody,
        paid: MoneyBody,
        state: z.string(),
        charge: z.string().nullable().meta({
          description: 'Whether it was charged to the buyer’s card (due, succeeded, failed); null where it was not.',
        }),
      }),
    )
    .meta({ description: 'What the buyer owes us, or owed.' }),
  exchange: ExchangeBody.nullable().meta({
    description: 'The goods that the buyer gets; null where none were asked for.',
  }),
  hold: HoldBody.nullable().meta({
    description: 'What is held on the buyer’s card while goods are out for others; null where nothing ever was to be.',
  }),
  attention: z.array(AttentionBody),
  routing: RoutingBody.nullable().meta({ description: 'Null where the facility was asked for.' }),
  quote: QuoteBody.nullable(),
  expectedBy: Time.nullable().meta({ description: 'When the return expires if the goods have not come.' }),
  timeline: z.array(z.object({ version: z.int(), at: Time, by: z.string(), type: z.string(), sentence: z.string() })),
  links: z.object({ self: z.string(), temporal: z.string() }),
}).meta({ id: 'Return' });

/** A row of the read model as it leaves. */
export function summaryOf(
  row: Return & { readonly attention: readonly { readonly reason: string }[] },
): z.infer<typeof ReturnSummaryBody> {
  return {
    rma: row.rma,
    program: row.program,
    order: row.orderId,
    facility: row.facility,
    status: { goods: row.goods, money: row.money },
    method: row.method,
    instrument: row.instrument,
    quoted: moneyOut(Number(row.quoted), row.currency),
    settled: moneyOut(Number(row.settled), row.currency),
    requestedAt: row.requestedAt.toISOString(),
    authorizedAt: row.authorizedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    nextDeadline: row.nextDeadline?.toISOString() ?? null,
    outcome: row.outcome,
    policy: { policy: row.policy, version: row.policyVersion },
    gift: row.gift,
    version: row.version,
    needsPerson: [...new Set(row.attention.map(({ reason }) => reason))],
  };
}
