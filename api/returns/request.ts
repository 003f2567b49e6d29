import { z } from 'zod';
import { readRequestFacts } from '../../activities/journal/facts.ts';
import { collectionMethods, instruments, programs } from '../../domain/policy/policy.ts';
import { reasonCodes } from '../../domain/reasons.ts';
import type { RequestFacts } from '../../domain/return/commands.ts';
import { misnamedGoods } from '../../domain/return/decide/exchange.ts';
import type { ReturnRequest, WantedGoods } from '../../domain/return/request.ts';
import type { Api } from '../api.ts';
import { LocalId, OutsideCode, Quantity, Rma, Tracking } from '../fields.ts';
import { GiftBody, orderOfGift } from '../gifts/find.ts';
import { MoneyBody, moneyIn } from '../money.ts';
import { Problem } from '../problem.ts';
import { refusalProblem } from '../refusals.ts';
import { facilityOf, sharedParcel } from './along.ts';
import { CardConsentBody } from './card-consent.ts';
import { namedLines, type OrderLine } from './named-lines.ts';
import { outboundParcel } from './outbound.ts';
import { receivedBy } from './route.ts';
import { readSeen, seenFields } from './seen.ts';

const Seen = z
  .strictObject(seenFields)
  .transform(({ facts, answers }, context) => readSeen(facts, answers, context))
  .meta({ id: 'Seen' });

/** The fields of a line that is asked back. */
export const lineFields = {
  orderLine: OutsideCode.exactOptional().meta({
    description: 'The order line’s id; or name its SKU. A kit’s stands for all of its components.',
  }),
  sku: OutsideCode.exactOptional().meta({ description: 'Where just one line of the order has it.' }),
  quantity: Quantity,
  reason: z.enum(reasonCodes),
  opened: z.boolean().exactOptional().meta({ description: 'What the buyer says; absent where nobody asked.' }),
  serials: z.array(OutsideCode).max(1000).exactOptional(),
  seen: Seen.exactOptional().meta({
    description: 'With the method `counter`: what the goods are like. They are received, graded and settled at once.',
  }),
};

/** A line is named in one way. */
export const namesOne = <Shape extends z.ZodType<{ readonly orderLine?: string; readonly sku?: string }>>(
  line: Shape,
): Shape =>
  line.refine(({ orderLine, sku }) => (orderLine === undefined) !== (sku === undefined), {
    error: 'name either orderLine or sku',
    path: ['orderLine'],
  });

const Line = namesOne(z.strictObject(lineFields)).meta({ id: 'RequestedLine' });

const WantedLine = z
  .strictObject({
    sku: OutsideCode,
    quantity: Quantity,
    price: MoneyBody.meta({ description: 'For all of them, with tax, in the currency of the order.' }),
  })
  .meta({ id: 'WantedGoods' });

/** What is asked of a new return. */
export const ReturnRequestBody = z
  .strictObject({
    program: z.literal(programs).default('customer'),
    order: OutsideCode.exactOptional().meta({ description: 'Absent where a gift’s token names it.' }),
    gift: GiftBody.exactOptional().meta({
      description:
        'Who was given the goods brings them back: for store credit or other goods, of what was paid for them. Who gave them is not told.',
    }),
    lines: z.array(Line).min(1).max(250),
    method: z.enum(collectionMethods),
    instrument: z.enum(instruments).default('original'),
    tracking: Tracking.exactOptional().meta({
      description: 'With the program `undeliverable`: the parcel that its carrier brings back.',
    }),
    withdrawal: z.literal(true).exactOptional().meta({
      description: 'With the program `undeliverable`: the buyer has declared to withdraw from the sale.',
    }),
    acceptsStoreCredit: z.literal(true).exactOptional().meta({
      description: 'The buyer takes store credit where a refund fails; needs the policy’s `refund.fallback`.',
    }),
    consent: CardConsentBody.exactOptional(),
    wanted: z.array(WantedLine).min(1).max(100).exactOptional().meta({
      description: 'With the instrument `exchange`: the goods that the buyer wants instead.',
    }),
    along: Rma.exactOptional().meta({
      description: 'With the method `along`: the return of the same buyer in whose parcel the goods come.',
    }),
    facility: LocalId.exactOptional().meta({
      description: 'Who receives the goods; absent: whom the policy’s routing names, else the nearest.',
    }),
  })
  .refine(({ method, lines }) => method === 'counter' || lines.every(({ seen }) => seen === undefined), {
    error: 'tell what was seen only of goods that are brought to a counter',
    path: ['lines'],
  })
  .refine(({ order, gift }) => order !== undefined || (gift !== undefined && 'token' in gift), {
    error: 'name the order',
    path: ['order'],
  })
  .refine(({ method, along }) => (method === 'along') === (along !== undefined), {
    error: 'name the return whose parcel the goods come in, with the method along',
    path: ['along'],
  })
  .meta({ id: 'ReturnRequest' });

type Body = z.infer<typeof ReturnRequestBody>;
type Asked = Omit<Body, 'order' | 'gift'> & { readonly order: string };

/**
 * Checks what was asked against the order, before any process is started.
 * @throws {Problem} 422 `unknown_order`, `duplicate_line`, `unknown_facility`, `gift_unknown`, `exceeds_returnable`, or what
 * `namedLines` does
 */
export async function checkedRequest(
  api: Api,
  { gift: given, order: named = '', ...rest }: Body,
): Promise<{ request: ReturnRequest; facts: RequestFacts }> {
  const asked: Asked = {
    ...rest,
    order: given === undefined ? named : await orderOfGift(api.db, given, named === '' ? undefined : named),
  };
  const order = await api.db.order.findUnique({
    where: { id: asked.order },
    select: {
      ...{ id: true, currency: true, kits: { select: { id: true, sku: true } } },
      lines: {
        select: { id: true, number: true, sku: true, quantity: true, kitId: true, kitUnits: true },
        orderBy: [{ number: 'asc' }, { kitPart: 'asc' }],
      },
    },
  });
  if (order === null) throw wrong('unknown_order', 'order', `there is no order ${asked.order}; import it first`);
  const numbered = namedLines(order, asked.lines);
  const lines = numbered.map(({ line }) => line);
  const twice = lines.findIndex(
    ({ orderLine }, index) => lines.findIndex((other) => other.orderLine === orderLine) < index,
  );
  if (twice >= 0) {
    const name = lines[twice]?.orderLine;
    throw wrong(
      'duplicate_line',
      `lines[${numbered[twice]?.from}]`,
      `order line ${name} is named twice; name it once with the whole quantity`,
    );
  }
  const { program, method, instrument, withdrawal } = asked;
  const outbound = await outboundParcel(api.db, asked, lines);
  const declared = withdrawal === undefined ? {} : { withdrawal };
  const consent = {
    ...(asked.acceptsStoreCredit === undefined ? {} : { acceptsStoreCredit: asked.acceptsStoreCredit }),
    ...(asked.consent === undefined ? {} : { consent: asked.consent }),
  };
  const wanted =
    asked.wanted === undefined
      ? {}
      : { wanted: asked.wanted.map((each, index) => priced(each, order.currency, index)) };
  const shared = asked.along === undefined ? {} : await sharedParcel(api.db, asked.along, asked.order);
  const gift = given === undefined ? {} : ({ gift: true } as const);
  const more = { ...outbound, ...declared, ...wanted, ...consent, ...shared, ...gift };
  const unrouted = { program, order: asked.order, lines, method, instrument, ...more };
  const facts = await readRequestFacts(api.pool, unrouted);
  if (facts === null) throw wrong('unknown_order', 'order', `there is no order ${asked.order}; import it first`);
  const misnamed = misnamedGoods(unrouted);
  if (misnamed !== null) throw refusalProblem(misnamed.refusal);
  // What shares a parcel goes where that goes.
  const facility = asked.along === undefined ? asked.facility : await facilityOf(api.db, asked.along);
  const request: ReturnRequest = { ...unrouted, ...(await receivedBy(api, facility, facts)) };
  const places = numbered.map(({ from }) => from);
  await checkQuantities(api, request, facts, order.lines, places);
  return { request, facts };
}

function priced({ price, ...goods }: z.infer<typeof WantedLine>, currency: string, index: number): WantedGoods {
  const field = `wanted[${index}].price`;
  const read = moneyIn(price.amount, price.currency);
  if (typeof read === 'string') throw wrong(read, field, `${price.amount} ${price.currency} is not an amount`);
  if (read.currency !== currency) throw wrong('currency_differs', field, `the order is in ${currency}`);
  return { ...goods, price: read.amount };
}

/** A quantity that can't be right is a mistake of the caller, not a decision about a return. */
async function checkQuantities(
  api: Api,
  request: ReturnRequest,
  facts: RequestFacts,
  sold: readonly OrderLine[],
  places: readonly number[],
): Promise<void> {
  for (const [index, { orderLine, quantity }] of request.lines.entries()) {
    const line = facts.order.lines.find((each) => each.orderLine === orderLine);
    // Nothing sent out yet is decided as such: `not_delivered`.
    if (line === undefined || quantity <= line.returnable || (line.fulfilled === 0 && quantity <= line.quantity))
      continue;
    const number = sold.find(({ id }) => id === orderLine)?.number ?? orderLine;
    const others = await holders(api, orderLine);
    const already = others.map(({ rma, quantity: held }) => `${held} already in RMA ${rma}`).join(', ');
    const detail = `quantity ${quantity} exceeds the ${line.returnable} units still returnable on line ${number}`;
    throw wrong(
      'exceeds_returnable',
      `lines[${places[index]}].quantity`,
      already === '' ? detail : `${detail} (${already})`,
    );
  }
}

type Holder = { readonly rma: string; readonly quantity: number };

/** The returns that hold or have consumed units of an order line. */
async function holders(api: Api, orderLine: string): Promise<readonly Holder[]> {
  return await api.db.$queryRaw<Holder[]>`
    select rma, sum(upper(part) - lower(part))::int as quantity
    from unit_holds, unnest(units) as part where order_line_id = ${orderLine}
    group by rma order by rma limit 20`;
}

const wrong = (code: string, field: string, detail: string) => new Problem(422, code, `${field}: ${detail}`, { field });
