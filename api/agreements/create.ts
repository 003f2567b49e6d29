import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Country, Currency, OutsideCode, PartyId, PlainText, Quantity } from '../fields.ts';
import { ContactBody } from '../orders/contact.ts';
import { isLegalEntity } from '../orders/legal-entity.ts';
import { createStandIn, minorUnits } from '../orders/stand-in.ts';
import { Problem } from '../problem.ts';

const Line = z
  .strictObject({
    sku: OutsideCode,
    title: PlainText.min(1).max(200).exactOptional(),
    category: PlainText.min(1).max(60).default('general'),
    most: Quantity.meta({ description: 'How many units may come back while the agreement is in force.' }),
    credit: z
      .string()
      .meta({ description: 'What a unit in its best state is credited with, net of tax.', example: '12.50' }),
    unitCost: z.string().default('0').meta({ description: 'What a unit is carried at in stock.' }),
    unitWeightGrams: z.int().min(0).max(1_000_000).default(0),
  })
  .meta({ id: 'AgreementLine' });

const Agreement = z
  .strictObject({
    agreement: OutsideCode,
    partner: PartyId.meta({ description: 'The store or dealer, by the id of its buyer.' }),
    currency: Currency,
    country: Country,
    channel: PlainText.min(1).max(60).default('agreement'),
    validFrom: z.iso.datetime({ offset: true }),
    validUntil: z.iso.datetime({ offset: true }).meta({ description: 'Not included.' }),
    legalEntity: z
      .string()
      .refine(isLegalEntity, 'use small letters, digits and hyphens, a letter first, as in acme-de')
      .default('main'),
    contact: ContactBody.meta({ description: 'Where labels and pickups start from.' }),
    lines: z.array(Line).min(1).max(5000),
  })
  .meta({ id: 'Agreement' });

export const createAgreement: Endpoint = endpoint({
  method: 'post',
  path: '/v1/agreements',
  id: 'createAgreement',
  tag: 'Orders',
  summary: 'Agree on what a store or dealer may send back unsold',
  description:
    'What comes back under it is asked for as a return of the program `unsold` with the agreement as its order: within its ' +
    'dates, up to the most of each line, counted over all returns. `GET /v1/orders/{agreement}` shows what is left.',
  permission: 'agreements:create',
  body: Agreement,
  responses: {
    201: { description: 'It holds.', schema: z.object({ agreement: z.string(), lines: z.int() }) },
  },
  problems: [409],
  handle: async ({ body }, { db }) => {
    const { agreement, partner, currency, lines, contact, ...rest } = body;
    if (Date.parse(rest.validFrom) >= Date.parse(rest.validUntil)) {
      throw new Problem(422, 'ends_before_it_begins', 'validUntil: lies before validFrom; correct one of them', {
        field: 'validUntil',
      });
    }
    const priced = lines.map((line, index) => ({
      ...line,
      credit: minorUnits(line.credit, currency, `lines[${index}].credit`),
      unitCost: minorUnits(line.unitCost, currency, `lines[${index}].unitCost`),
    }));
    await createStandIn(db, {
      ...{ id: agreement, kind: 'agreement', buyer: partner, currency, contact, ...rest, placedAt: rest.validFrom },
      lines: priced.map(({ sku, title = sku, category, most, credit, unitCost, unitWeightGrams }) => ({
        ...{ sku, title, category, quantity: most, price: credit * most, unitCost, unitWeightGrams },
      })),
    });
    return {
      status: 201,
      body: { agreement, lines: lines.length },
      headers: { location: `/v1/orders/${encodeURIComponent(agreement)}` },
    };
  },
});
