import { z } from 'zod';
import { type Certificate, witnessRoles } from '../../domain/certified-disposal/certificate.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { Amount, currencyOf, minorUnits } from '../executions/command.ts';
import { numberField } from '../executions/desk.ts';
import { OutsideCode } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { processNotFound } from '../process-desk.ts';
import { certifiedDisposals } from './desk.ts';

const Grams = z.int().min(0).max(1_000_000_000);
const Materials = z.array(z.strictObject({ material: OutsideCode, grams: Grams })).max(100);

const document = {
  certificate: OutsideCode.meta({ description: 'The number on the document.' }),
  issuedOn: z.iso.date(),
  charge: Amount.default('0').meta({ description: 'What the organisation charges.', example: '40.00' }),
};

/** What an organisation certifies, as it comes in. */
export const CertificateBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('donation'), ...document, value: Amount }),
    z.strictObject({
      kind: z.literal('recycling'),
      ...document,
      weightGrams: Grams.meta({ description: 'What went in.' }),
      materials: Materials,
      residueGrams: Grams,
      proceeds: Amount.default('0').meta({ description: 'What it pays for the materials.', example: '12.00' }),
    }),
    z.strictObject({
      kind: z.literal('destruction'),
      ...document,
      method: OutsideCode.meta({ example: 'shredded' }),
      weightGrams: Grams.nullable().default(null),
    }),
  ])
  .meta({ id: 'DisposalCertificateRequest' });

/**
 * Reads the amounts in the disposal's currency.
 * @throws {Problem} 404 where there is no such disposal, 400 where a text is no amount
 */
export async function readCertificate(
  api: Api,
  number: string,
  body: z.infer<typeof CertificateBody>,
): Promise<Certificate> {
  const currency = await currencyOf(api, certifiedDisposals, number);
  const minor = (text: string, field: string) => minorUnits(text, currency, field);
  const charge = minor(body.charge, 'charge');
  switch (body.kind) {
    case 'donation':
      return { ...body, charge, value: minor(body.value, 'value') };
    case 'recycling':
      return { ...body, charge, proceeds: minor(body.proceeds, 'proceeds') };
    case 'destruction':
      return { ...body, charge };
  }
}

const Shown = z
  .object({
    number: z.string(),
    kind: z.string().nullable().meta({ description: 'Null, as all that it says, while there is no certificate.' }),
    certificate: z.string().nullable(),
    issuedOn: z.iso.date().nullable(),
    handedOverBy: z.string().meta({ description: 'The key that recorded the hand-over.' }),
    handedOverGrams: z.int().nullable(),
    weightGrams: z.int().nullable(),
    materials: z.array(z.object({ material: z.string(), grams: z.int() })),
    residueGrams: z.int().nullable(),
    value: MoneyBody.nullable(),
    charge: MoneyBody.nullable(),
    proceeds: MoneyBody.nullable(),
    method: z.string().nullable(),
    dutyClaimed: z.boolean(),
    witnesses: z.array(z.object({ role: z.enum(witnessRoles), by: z.string(), reference: z.string().nullable() })),
  })
  .meta({ id: 'DisposalCertificate' });

export const getCertificate = endpoint({
  method: 'get',
  path: '/v1/certified-disposals/{number}/certificate',
  id: 'getCertificate',
  tag: 'Certified disposals',
  summary: 'What was handed over, witnessed and certified',
  permission: 'executions:read',
  params: z.object({ number: numberField(certifiedDisposals) }),
  responses: { 200: { description: 'From the hand-over on.', schema: Shown } },
  problems: [404],
  handle: async ({ params: { number } }, { db }) => {
    const row = await db.certificate.findUnique({ where: { number }, include: { execution: true } });
    if (row === null) throw processNotFound(certifiedDisposals, number);
    const { currency } = row.execution;
    const grams = (value: bigint | null) => (value === null ? null : Number(value));
    const money = (value: bigint | null) => (value === null ? null : moneyOut(Number(value), currency));
    const body: z.infer<typeof Shown> = {
      number,
      kind: row.kind,
      certificate: row.certificate,
      issuedOn: row.issuedOn?.toISOString().slice(0, 10) ?? null,
      handedOverBy: row.handedOverBy,
      handedOverGrams: grams(row.handedOverGrams),
      weightGrams: grams(row.weightGrams),
      materials: Shown.shape.materials.parse(row.materials),
      residueGrams: grams(row.residueGrams),
      value: money(row.value),
      charge: money(row.charge),
      proceeds: money(row.proceeds),
      method: row.method,
      dutyClaimed: row.dutyClaimed,
      witnesses: Shown.shape.witnesses.parse(row.witnesses),
    };
    return { status: 200, body };
  },
});
