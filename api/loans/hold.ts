import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { Problem } from '../problem.ts';

/** A loan that was about to begin so long ago, and never did, keeps nothing from others. */
const STALE = Prisma.sql`interval '10 minutes'`;

/**
 * Takes things for a loan that is about to begin. One has the thing at a time: until it is back, lost or bought, or the loan was
 * called off.
 * @throws {Problem} 409 `unit_on_loan`
 */
export async function holdUnits(
  db: PrismaClient,
  number: string,
  units: readonly { readonly sku: string; readonly serial: string }[],
): Promise<void> {
  await db.$transaction(async (tx) => {
    const taken = await tx.$queryRaw<{ sku: string; serial: string }[]>`
      INSERT INTO loan_holds AS h (sku, serial, number)
      SELECT n.sku, n.serial, ${number} FROM jsonb_to_recordset(${JSON.stringify(units)}::jsonb) AS n(sku text, serial text)
      ORDER BY 1, 2
      ON CONFLICT (sku, serial) DO UPDATE SET number = EXCLUDED.number, at = now()
      WHERE h.number = EXCLUDED.number
        OR EXISTS (SELECT FROM loan_units u WHERE u.number = h.number AND u.sku = h.sku AND u.serial = h.serial AND u.stage NOT IN ('reserved', 'out'))
        OR (h.at < now() - ${STALE} AND NOT EXISTS (SELECT FROM network_processes p WHERE p.number = h.number))
      RETURNING h.sku, h.serial`;
    const index = units.findIndex(
      ({ sku, serial }) => !taken.some((each) => each.sku === sku && each.serial === serial),
    );
    if (index < 0) return;
    const { sku = '', serial = '' } = units[index] ?? {};
    const held = await tx.loanHold.findUnique({ where: { sku_serial: { sku, serial } } });
    const field = `units[${index}].serial`;
    const detail = `${field}: ${sku} ${serial} is on loan, or about to be: ${held?.number ?? 'ask again'}`;
    throw new Problem(409, 'unit_on_loan', detail, { field });
  });
}
