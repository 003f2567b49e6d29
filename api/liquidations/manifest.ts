import { z } from 'zod';
import { roundHalfUp } from '../../domain/money/shares.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { csvOf } from '../csv.ts';
import { endpoint } from '../endpoint.ts';
import { numberField } from '../executions/desk.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { processNotFound } from '../process-desk.ts';
import { liquidations } from './desk.ts';

const ManifestBody = z
  .object({
    number: z.string(),
    currency: z.string(),
    lines: z.array(
      z.object({
        sku: z.string(),
        description: z.string().nullable(),
        grade: z.string().nullable(),
        quantity: z.int(),
        originalValue: MoneyBody.nullable().meta({
          description: 'What the units cost their buyers before discounts and tax; null where that is not known.',
        }),
      }),
    ),
  })
  .meta({ id: 'Manifest', description: 'What is in the lot, by SKU and grade; nothing of who sent it back.' });

const onManifest = {
  method: 'get',
  tag: liquidations.tag,
  permission: 'executions:read',
  params: z.object({ number: numberField(liquidations) }),
  problems: [404],
} as const;

export const getManifest = endpoint({
  ...onManifest,
  path: '/v1/liquidations/{number}/manifest',
  id: 'getManifest',
  summary: 'What liquidators are shown of a lot',
  responses: { 200: { description: 'The manifest.', schema: ManifestBody } },
  handle: async ({ params: { number } }, { db }) => {
    const { currency, lines } = await manifestOf(db, number);
    const body: z.infer<typeof ManifestBody> = {
      number,
      currency,
      lines: lines.map((line) => ({
        ...line,
        originalValue: line.originalValue === null ? null : moneyOut(line.originalValue, currency),
      })),
    };
    return { status: 200, body };
  },
});

export const getManifestCsv = endpoint({
  ...onManifest,
  path: '/v1/liquidations/{number}/manifest.csv',
  id: 'getManifestCsv',
  summary: 'The manifest of a lot as a file to send',
  description: 'Columns: sku, description, grade, quantity, original_value, currency.',
  responses: { 200: { description: 'The manifest.', contentType: 'text/csv' } },
  handle: async ({ params: { number } }, { db }) => {
    const { currency, lines } = await manifestOf(db, number);
    const rows = lines.map(({ sku, description, grade, quantity, originalValue }) => [
      sku,
      description ?? '',
      grade ?? '',
      String(quantity),
      originalValue === null ? '' : moneyOut(originalValue, currency).amount,
      currency,
    ]);
    const header = ['sku', 'description', 'grade', 'quantity', 'original_value', 'currency'];
    return {
      status: 200,
      file: { type: 'text/csv; charset=utf-8', bytes: Buffer.from(csvOf([header, ...rows])) },
      headers: { 'content-disposition': `attachment; filename="${number}.csv"` },
    };
  },
});

type Line = {
  readonly sku: string;
  readonly description: string | null;
  readonly grade: string | null;
  readonly quantity: number;
  /** Minor units. */
  readonly originalValue: number | null;
};

type Row = {
  readonly sku: string;
  readonly title: string | null;
  readonly grade: string | null;
  readonly quantity: number;
  readonly price: bigint | null;
  readonly units: number | null;
};

/**
 * The goods that are, or were, in the lot, by SKU and grade.
 * @throws {Problem} 404 where there is no such liquidation
 */
async function manifestOf(db: PrismaClient, number: string): Promise<{ currency: string; lines: readonly Line[] }> {
  const execution = await db.execution.findUnique({ where: { number }, select: { currency: true } });
  if (execution === null) throw processNotFound(liquidations, number);
  const rows = await db.$queryRaw<Row[]>`
    SELECT x.sku, x.grade, x.quantity, o.title, o.price, o.quantity AS units
    FROM execution_items x
      LEFT JOIN return_items i ON i.rma = x.rma AND i.item = x.item
      LEFT JOIN return_lines l ON l.rma = i.rma AND l.line = i.line
      LEFT JOIN order_lines o ON o.id = l.order_line_id
    WHERE x.number = ${number} AND x.state NOT IN ('wanted', 'declined', 'releasing', 'released')
    ORDER BY x.sku, x.grade NULLS LAST, x.rma, x.item`;
  const lines = new Map<string, Line>();
  for (const { sku, grade, quantity, title, price, units } of rows) {
    const key = JSON.stringify([sku, grade]);
    const known = lines.get(key);
    const value = price === null || units === null ? null : roundHalfUp(Number(price), quantity, units);
    const before = known?.originalValue;
    lines.set(key, {
      sku,
      grade,
      description: known?.description ?? title,
      quantity: (known?.quantity ?? 0) + quantity,
      originalValue: before === null || value === null ? null : (before ?? 0) + value,
    });
  }
  return { currency: execution.currency, lines: [...lines.values()] };
}
