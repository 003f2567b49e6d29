import { z } from 'zod';
import { endOfDay, startOfDay } from '../../activities/journal/schedule.ts';
import type { LoanRequest } from '../../domain/loan/events.ts';
import { loanOrderLine } from '../../domain/loan/order.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Country, Currency, Day, OutsideCode, PartyId, PlainText } from '../fields.ts';
import { NetworkAcceptedBody } from '../network/bodies.ts';
import { numberFor } from '../network/desk.ts';
import { startNetwork } from '../network/start.ts';
import { ContactBody } from '../orders/contact.ts';
import { createStandIn, minorUnits } from '../orders/stand-in.ts';
import { Problem } from '../problem.ts';
import { LoanBody } from './bodies.ts';
import { loans } from './desk.ts';
import { holdUnits } from './hold.ts';
import { findLoan } from './read.ts';
import { LoanTermsBody, termsIn } from './terms.ts';

const LoanDay = Day.meta({ example: '2026-12-01' });
const Amount = z.string().max(40).meta({ example: '340.00' });

const Unit = z
  .strictObject({
    sku: OutsideCode,
    serial: OutsideCode,
    title: PlainText.min(1).max(200).exactOptional(),
    category: PlainText.min(1).max(60).default('general'),
    bookValue: Amount.meta({ description: 'What it stands in our books for.' }),
    replacementPrice: Amount.meta({ description: 'Owed where it is lost; charges for damage are shares of it.' }),
    purchasePrice: Amount.nullable().default(null).meta({ description: 'For what the borrower may keep it.' }),
    dataBearing: z.boolean().default(false),
    unitWeightGrams: z.int().min(0).max(1_000_000).default(0),
  })
  .meta({ id: 'LoanUnitRequest' });

const LoanRequestBody = z
  .strictObject({
    borrower: PartyId.meta({ description: 'Who gets the goods, by the id of a buyer or partner.' }),
    contact: ContactBody.meta({ description: 'Where the goods will be: what they come back with starts from there.' }),
    country: Country,
    facility: OutsideCode.meta({ description: 'From where they leave; the days of the term are those of its zone.' }),
    currency: Currency,
    from: LoanDay,
    until: LoanDay.meta({ description: 'The last day of the term.' }),
    deposit: Amount.default('0'),
    units: z.array(Unit).min(1).max(100),
    terms: LoanTermsBody.prefault({}),
  })
  .meta({ id: 'LoanRequest' });

export const createLoan: Endpoint = endpoint({
  method: 'post',
  path: '/v1/loans',
  id: 'createLoan',
  tag: 'Loans',
  summary: 'Lend goods of ours for a time',
  description:
    'Each unit is named by its serial, and is in one loan at a time. At the end of the term a return of the program `rental` brings ' +
    'them back; what it finds is charged as far as it is worse than what was handed over. What the term itself costs is the shop’s own invoice.',
  permission: 'network:handle',
  body: LoanRequestBody,
  responses: {
    201: { description: 'It was requested.', schema: LoanBody },
    202: { description: 'It was taken, and begins as soon as a worker is there.', schema: NetworkAcceptedBody },
  },
  problems: [409, 422],
  handle: async (call, api) =>
    await startNetwork<LoanRequest>(
      api,
      loans,
      call,
      async () => {
        const request = await requestOf(api.db, call.body);
        const number = numberFor('loan', call.commandId);
        await holdUnits(api.db, number, request.units);
        await standFor(api.db, number, request, call.body);
        return { request, facility: request.facility, skus: request.units.map(({ sku }) => sku) };
      },
      (number) => findLoan(api, number),
    ),
});

type Body = z.infer<typeof LoanRequestBody>;

async function requestOf(db: PrismaClient, body: Body): Promise<LoanRequest> {
  const { borrower, facility, currency, from, until, deposit, units, terms } = body;
  const place = await db.facility.findUnique({ where: { id: facility }, select: { zone: true } });
  if (place === null) {
    throw new Problem(422, 'unknown_facility', `facility: there is no facility ${facility}`, { field: 'facility' });
  }
  const amount = (text: string, field: string) => minorUnits(text, currency, field);
  return {
    ...{ borrower, facility, currency },
    from: startOfDay(from, place.zone),
    until: endOfDay(until, place.zone),
    deposit: amount(deposit, 'deposit'),
    terms: termsIn(terms, currency),
    units: units.map(({ sku, serial, category, bookValue, replacementPrice, purchasePrice }, index) => ({
      ...{ unit: `U${index + 1}`, sku, serial, category },
      bookValue: amount(bookValue, `units[${index}].bookValue`),
      replacementPrice: amount(replacementPrice, `units[${index}].replacementPrice`),
      purchasePrice: purchasePrice === null ? null : amount(purchasePrice, `units[${index}].purchasePrice`),
    })),
  };
}

/** What the loan’s returns come back against, once: a start that was cut off finds it. */
async function standFor(db: PrismaClient, number: string, request: LoanRequest, body: Body): Promise<void> {
  if ((await db.order.findUnique({ where: { id: number }, select: { id: true } })) !== null) return;
  const lines = body.units.map(({ sku, serial, title = sku, category, dataBearing, unitWeightGrams }, index) => ({
    ...{ id: loanOrderLine(number, `U${index + 1}`), sku, title, category, quantity: 1, price: 0 },
    ...{ serials: [serial], dataBearing, unitWeightGrams },
    bookValue: request.units[index]?.bookValue ?? 0,
  }));
  const { borrower: buyer, currency, country, contact } = body;
  const placedAt = new Date();
  await createStandIn(db, {
    id: number,
    kind: 'loan',
    channel: 'loan',
    buyer,
    currency,
    country,
    contact,
    placedAt,
    lines,
  });
}
