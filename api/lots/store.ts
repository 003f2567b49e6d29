import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import type { RowError } from '../orders/row.ts';
import { isRefusedByDatabase } from '../refused-by-database.ts';
import type { LotRow, LotTable } from './columns.ts';

export type StoredLotRow =
  | { readonly status: 'created' | 'changed' | 'unchanged' }
  | { readonly errors: readonly RowError[] };

const keys: Readonly<Record<LotTable, readonly string[]>> = {
  consignees: ['id'],
  lots: ['sku', 'lot'],
  lot_receipts: ['reference', 'line'],
  lot_shipments: ['reference', 'line', 'alternative'],
  lot_links: ['reference'],
};

/** Stores rows together, and one by one where one of them spoils the rest. */
export async function storeLotRows(
  db: PrismaClient,
  table: LotTable,
  rows: ReadonlyMap<number, LotRow>,
): Promise<ReadonlyMap<number, StoredLotRow>> {
  if (rows.size === 0) return new Map();
  try {
    return await db.$transaction(async (tx) => await storeTogether(tx, table, rows), { timeout: 30_000 });
  } catch (error) {
    if (!isRefusedByDatabase(error)) throw error;
    if (rows.size === 1) {
      return new Map([...rows.keys()].map((row) => [row, { errors: [refusalOf(table, error)] }]));
    }
    const apart = new Map<number, StoredLotRow>();
    for (const entry of rows) {
      for (const [row, stored] of await storeLotRows(db, table, new Map([entry]))) apart.set(row, stored);
    }
    return apart;
  }
}

function refusalOf(table: LotTable, error: unknown): RowError {
  if (table === 'lot_links' && String(error).includes('would be made of itself')) {
    return { column: 'toLot', code: 'lot_made_of_itself', detail: 'is among the lots that the other was made of' };
  }
  return {
    column: '',
    code: 'refused_by_database',
    detail: 'does not fit what is stored; check its codes and quantities',
  };
}

async function storeTogether(
  tx: Prisma.TransactionClient,
  table: LotTable,
  rows: ReadonlyMap<number, LotRow>,
): Promise<ReadonlyMap<number, StoredLotRow>> {
  const results = new Map<number, StoredLotRow>();
  const unknown = await readUnknown(tx, table, [...rows.values()]);
  const known = await readKnown(tx, table, rows);
  const lots = await readOtherLots(tx, table, rows);
  const fresh = new Map<number, LotRow>();
  for (const [row, said] of rows) {
    const before = known.get(row);
    const mayChange = table === 'consignees' || table === 'lots';
    const errors = [
      ...unknown(said),
      ...(lots.get(row) ?? []).map((column) => conflict(column)),
      ...(before === undefined || mayChange ? [] : before.map((column) => conflict(column))),
    ];
    if (errors.length > 0) {
      results.set(row, { errors });
      continue;
    }
    const status = before === undefined ? 'created' : before.length > 0 && mayChange ? 'changed' : 'unchanged';
    results.set(row, { status });
    if (status !== 'unchanged') fresh.set(row, said);
  }
  await insert(tx, table, [...fresh.values()]);
  return results;
}

/** A column of a table that differs from what is known, by the name that files have for it. */
export const conflict = (column: string, from = 'what is stored already'): RowError => ({
  column: column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  code: 'conflicts_with_stored',
  detail: `differs from ${from}`,
});

/** Says which facilities and consignees of a row nobody knows. A consignee may come with its file, before those that it supplies. */
async function readUnknown(
  tx: Prisma.TransactionClient,
  table: LotTable,
  rows: readonly LotRow[],
): Promise<(row: LotRow) => readonly RowError[]> {
  const named = (of: 'facilities' | 'consignees') => [...new Set(rows.flatMap((row) => Object.values(row[of])))];
  const facilities = await tx.facility.findMany({ where: { id: { in: named('facilities') } }, select: { id: true } });
  const consignees = await tx.consignee.findMany({ where: { id: { in: named('consignees') } }, select: { id: true } });
  const knownFacilities = new Set(facilities.map(({ id }) => id));
  const knownConsignees = new Set(consignees.map(({ id }) => id));
  const before = new Set<string>();
  return (row) => {
    const errors = [
      ...Object.entries(row.facilities).flatMap(([column, id]) =>
        knownFacilities.has(id) ? [] : [nobody(column, `facility ${id}`)],
      ),
      ...Object.entries(row.consignees).flatMap(([column, id]) =>
        knownConsignees.has(id) || before.has(id) ? [] : [nobody(column, `consignee ${id}`)],
      ),
    ];
    if (table === 'consignees' && errors.length === 0) before.add(row.key);
    return errors;
  };
}

const nobody = (column: string, what: string): RowError => ({
  column,
  code: `unknown_${what.split(' ')[0]}`,
  detail: `there is no ${what}; tell it first`,
});

/** Of rows that are stored: the columns in which they differ from what is told now. */
async function readKnown(
  tx: Prisma.TransactionClient,
  table: LotTable,
  rows: ReadonlyMap<number, LotRow>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const given = [...rows].map(([row, { record, contact }]) => ({ row, record, contact }));
  const same = Prisma.raw(keys[table].map((key) => `t.${key} = given.${key}`).join(' AND '));
  const of = Prisma.raw(table);
  // What a file leaves out says nothing against what is known of a lot; of a consignee, it is empty from then on.
  const told = table === 'lots' ? Prisma.sql`AND now.value <> 'null'::jsonb` : Prisma.empty;
  const found = await tx.$queryRaw<{ row: number; differing: string[] }[]>`
    SELECT (each.value->>'row')::int AS row, ARRAY(
      SELECT now.key FROM jsonb_each(to_jsonb(given)) AS now
      WHERE each.value->'record' ? now.key AND to_jsonb(t)->now.key IS DISTINCT FROM now.value ${told}
      UNION ALL
      SELECT now.key FROM contacts c, jsonb_each(each.value->'contact') AS now
      WHERE c.id = each.value#>>'{contact,id}' AND to_jsonb(c)->now.key IS DISTINCT FROM now.value) AS differing
    FROM jsonb_array_elements(${JSON.stringify(given)}::jsonb) AS each
      CROSS JOIN LATERAL jsonb_populate_record(NULL::${of}, each.value->'record') AS given
      JOIN ${of} t ON ${same}`;
  return new Map(found.map(({ row, differing }) => [row, differing]));
}

/** What rows say of their lots that differs from what is known of these. */
async function readOtherLots(
  tx: Prisma.TransactionClient,
  table: LotTable,
  rows: ReadonlyMap<number, LotRow>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const said = [...rows].flatMap(([row, { lots, record }]) =>
    (table === 'lots' ? [record] : lots).map((lot) => ({ row, lot })),
  );
  if (said.length === 0) return new Map();
  const found = await tx.$queryRaw<{ row: number; differing: string[] }[]>`
    SELECT (each.value->>'row')::int AS row, array_agg(now.key) AS differing
    FROM jsonb_array_elements(${JSON.stringify(said)}::jsonb) AS each
      JOIN lots t ON t.sku = each.value#>>'{lot,sku}' AND t.lot = each.value#>>'{lot,lot}'
      CROSS JOIN LATERAL jsonb_each(each.value->'lot') AS now
    WHERE now.value <> 'null'::jsonb AND to_jsonb(t)->now.key <> 'null'::jsonb AND to_jsonb(t)->now.key <> now.value
    GROUP BY 1`;
  return new Map(found.map(({ row, differing }) => [row, differing]));
}

async function insert(tx: Prisma.TransactionClient, table: LotTable, rows: readonly LotRow[]): Promise<void> {
  if (rows.length === 0) return;
  const records = rows.map(({ record }) => record);
  if (table === 'lots') return await tellLots(tx, records);
  await tellLots(
    tx,
    rows.flatMap(({ lots }) => lots),
  );
  if (table === 'consignees') await tellContacts(tx, rows);
  const columns = Object.keys(records[0] ?? {});
  const again =
    table === 'consignees'
      ? `ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`
      : '';
  const list = Prisma.raw(columns.join(', '));
  await tx.$executeRaw`INSERT INTO ${Prisma.raw(table)} (${list})
    SELECT ${list} FROM jsonb_populate_recordset(NULL::${Prisma.raw(table)}, ${JSON.stringify(records)}::jsonb) ${Prisma.raw(again)}`;
}

/** Lots that nobody knew, and what wasn't known of others; in one order for all, so that two files don't wait for each other. */
async function tellLots(tx: Prisma.TransactionClient, records: readonly object[]): Promise<void> {
  if (records.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO lots AS known (sku, lot, gtin, made_on, expires_on, date_code, supplier, supplier_lot)
    SELECT sku, lot, max(gtin), max(made_on), max(expires_on), max(date_code), max(supplier), max(supplier_lot)
    FROM jsonb_populate_recordset(NULL::lots, ${JSON.stringify(records)}::jsonb) GROUP BY sku, lot ORDER BY sku, lot
    ON CONFLICT (sku, lot) DO UPDATE SET
      gtin = coalesce(known.gtin, excluded.gtin), made_on = coalesce(known.made_on, excluded.made_on),
      expires_on = coalesce(known.expires_on, excluded.expires_on), date_code = coalesce(known.date_code, excluded.date_code),
      supplier = coalesce(known.supplier, excluded.supplier), supplier_lot = coalesce(known.supplier_lot, excluded.supplier_lot)`;
}

async function tellContacts(tx: Prisma.TransactionClient, rows: readonly LotRow[]): Promise<void> {
  const contacts = rows.flatMap(({ contact }) => (contact === undefined ? [] : [contact]));
  const columns = ['name', 'company', 'street1', 'street2', 'city', 'state', 'zip', 'country', 'phone', 'email'];
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  await tx.$executeRaw`INSERT INTO contacts SELECT * FROM jsonb_populate_recordset(NULL::contacts, ${JSON.stringify(contacts)}::jsonb)
    ON CONFLICT (id) DO UPDATE SET ${Prisma.raw(set)}`;
  const gone = rows.flatMap(({ key, contact }) => (contact === undefined ? [`consignee:${key}`] : []));
  await tx.contact.deleteMany({ where: { id: { in: gone } } });
}
