import { z } from 'zod';
import { type Grade, grades } from '../../domain/goods/grading.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Country, Currency, OutsideCode, PartyId, PlainText, Quantity } from '../fields.ts';
import { ContactBody } from '../orders/contact.ts';
import { createStandIn, minorUnits } from '../orders/stand-in.ts';
import { Problem } from '../problem.ts';

const Credit = z.string().meta({ example: '120.00' });

const Line = z
  .strictObject({
    sku: OutsideCode,
    title: PlainText.min(1).max(200).exactOptional(),
    category: PlainText.min(1).max(60).default('general'),
    quantity: Quantity.default(1),
    credit: z
      .strictObject({ A: Credit, B: Credit, C: Credit, D: Credit })
      .meta({ description: 'What a unit found in each grade is credited with; never more for a worse one.' }),
    serials: z.array(OutsideCode).max(1000).default([]).meta({ description: 'Where they are known: only these come.' }),
    unitWeightGrams: z.int().min(0).max(1_000_000).default(0),
    dataBearing: z.boolean().default(false).meta({ description: 'They hold data, which are wiped before they go on.' }),
  })
  .meta({ id: 'TradeInOfferLine' });

const Offer = z
  .strictObject({
    offer: OutsideCode,
    partner: PartyId.meta({ description: 'Who has the goods, by the id of a buyer.' }),
    currency: Currency,
    country: Country,
    channel: PlainText.min(1).max(60).default('trade_in'),
    validUntil: z.iso.datetime({ offset: true }).meta({ description: 'Until when it may be taken up, not included.' }),
    contact: ContactBody.meta({ description: 'Where labels and pickups start from.' }),
    lines: z.array(Line).min(1).max(500),
  })
  .meta({ id: 'TradeInOffer' });

export const createTradeInOffer: Endpoint = endpoint({
  method: 'post',
  path: '/v1/trade-in-offers',
  id: 'createTradeInOffer',
  tag: 'Orders',
  summary: 'Offer credit by grade for goods that we may never have sold',
  description:
    'It is taken up by a return of the program `trade_in` with the offer as its order, which quotes the credit of grade A and ' +
    'settles that of the grade found. `GET /v1/orders/{offer}` shows what is left of it.',
  permission: 'offers:create',
  body: Offer,
  responses: {
    201: { description: 'It stands.', schema: z.object({ offer: z.string(), lines: z.int() }) },
  },
  problems: [409],
  handle: async ({ body }, { db }) => {
    const { offer, partner, currency, country, channel, contact } = body;
    const now = new Date();
    const validUntil = new Date(body.validUntil);
    if (validUntil <= now) {
      throw new Problem(422, 'already_over', 'validUntil: is over already; say until when the offer may be taken up', {
        field: 'validUntil',
      });
    }
    const lines = body.lines.map(({ sku, title = sku, category, quantity, serials, credit, ...rest }, index) => {
      const field = `lines[${index}]`;
      if (serials.length > quantity || new Set(serials).size < serials.length) {
        throw new Problem(422, 'serials_exceed_quantity', `${field}.serials: name each of the ${quantity} units once`, {
          field: `${field}.serials`,
        });
      }
      const { A, B, C, D } = creditsIn(credit, currency, `${field}.credit`);
      const credits = { creditA: A, creditB: B, creditC: C, creditD: D };
      return { sku, title, category, quantity, serials, ...rest, price: A * quantity, ...credits };
    });
    await createStandIn(db, {
      ...{ id: offer, kind: 'offer', buyer: partner, currency, country, channel, contact, lines },
      ...{ placedAt: now, validFrom: now, validUntil },
    });
    return {
      status: 201,
      body: { offer, lines: lines.length },
      headers: { location: `/v1/orders/${encodeURIComponent(offer)}` },
    };
  },
});

/** @throws {Problem} 422 where one is no amount, or a worse grade would bring more than a better one */
function creditsIn(
  credit: Readonly<Record<Grade, string>>,
  currency: string,
  field: string,
): Readonly<Record<Grade, number>> {
  const read = (grade: Grade) => minorUnits(credit[grade], currency, `${field}.${grade}`);
  const amounts = { A: read('A'), B: read('B'), C: read('C'), D: read('D') };
  const rising = grades.find((grade, index) => amounts[grade] > amounts[grades[index - 1] ?? grade]);
  if (rising === undefined) return amounts;
  throw new Problem(422, 'credit_rises', `${field}.${rising}: is more than for a better grade`, {
    field: `${field}.${rising}`,
  });
}
