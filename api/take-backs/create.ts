import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Country, Currency, OutsideCode, PartyId, PlainText, Quantity } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { ContactBody } from '../orders/contact.ts';
import { createStandIn } from '../orders/stand-in.ts';
import { Problem } from '../problem.ts';

const Line = z
  .strictObject({
    sku: OutsideCode,
    title: PlainText.min(1).max(200).exactOptional(),
    category: PlainText.min(1).max(60).default('general'),
    quantity: Quantity.default(1),
    serials: z.array(OutsideCode).max(1000).default([]),
    dataBearing: z.boolean().default(false).meta({ description: 'They hold data, which are wiped before they go on.' }),
    hazardous: z.boolean().default(false).meta({ description: 'A person arranges their way; no ordinary label.' }),
    unitWeightGrams: z.int().min(0).max(1_000_000).default(0),
  })
  .meta({ id: 'TakeBackLine' });

const TakeBack = z
  .strictObject({
    takeBack: OutsideCode.meta({ description: 'The number of this collection.' }),
    holder: PartyId.meta({ description: 'Who has the equipment, by the id of a buyer.' }),
    currency: Currency,
    country: Country,
    channel: PlainText.min(1).max(60).default('take_back'),
    contact: ContactBody.meta({ description: 'Where it is fetched.' }),
    lines: z.array(Line).min(1).max(500),
  })
  .meta({ id: 'TakeBack' });

export const createTakeBack: Endpoint = endpoint({
  method: 'post',
  path: '/v1/take-backs',
  id: 'createTakeBack',
  tag: 'Orders',
  summary: 'Take note of used equipment that is collected at the end of its life',
  description:
    'It comes back by a return of the program `end_of_life` with the take-back as its order. Each unit is credited with what the ' +
    'policy in force says (`takeBackCredit`), mostly nothing. It leaves by a certified disposal where it is recycled or destroyed.',
  permission: 'offers:create',
  body: TakeBack,
  responses: {
    201: {
      description: 'It is known.',
      schema: z.object({ takeBack: z.string(), lines: z.int(), creditPerUnit: MoneyBody }),
    },
  },
  problems: [409, 422],
  handle: async ({ body }, { db }) => {
    const { takeBack, holder, currency, country, channel, contact } = body;
    const credit = await creditOf(db, currency);
    const credits = { creditA: credit, creditB: credit, creditC: credit, creditD: credit };
    const lines = body.lines.map(({ title, ...line }, index) => {
      if (line.serials.length > line.quantity || new Set(line.serials).size < line.serials.length) {
        const field = `lines[${index}].serials`;
        throw new Problem(422, 'serials_exceed_quantity', `${field}: name each of the ${line.quantity} units once`, {
          field,
        });
      }
      return { ...line, title: title ?? line.sku, price: credit * line.quantity, ...credits };
    });
    const placedAt = new Date();
    await createStandIn(db, {
      ...{ id: takeBack, kind: 'take_back', buyer: holder, currency, country, channel, contact, placedAt, lines },
    });
    return {
      status: 201,
      body: { takeBack, lines: lines.length, creditPerUnit: moneyOut(credit, currency) },
      headers: { location: `/v1/orders/${encodeURIComponent(takeBack)}` },
    };
  },
});

/** What the policy in force gives for a unit; nothing where it says nothing of it. */
async function creditOf(db: PrismaClient, currency: string): Promise<number> {
  const policy = await db.policy.findFirst({
    where: { program: 'end_of_life', effectiveFrom: { lte: new Date() } },
    orderBy: [{ effectiveFrom: 'desc' }, { version: 'desc' }],
  });
  const read = z.object({ takeBackCredit: z.record(z.string(), z.int()) }).safeParse(policy?.document);
  return read.success ? (read.data.takeBackCredit[currency] ?? 0) : 0;
}
