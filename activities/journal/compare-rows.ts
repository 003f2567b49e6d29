import type { PoolClient } from 'pg';
import type { Row, Table } from './table.ts';

/** A row that the journal makes and the table lacks, or the other way round. */
export type Difference = { readonly table: string; readonly side: 'rebuilt' | 'live'; readonly row: Row };

/** Tables to compare, each with the column that says whose a row is. */
export type Compared<Scope extends string> = Readonly<Record<string, Table & { readonly scope: Scope }>>;

/** More differences than this say nothing new. */
export const ENOUGH = 1_000;

/**
 * Sets the rebuilt rows against the live ones in the database itself, which knows when two values are the same.
 * @param names whose rows are compared, by scope
 */
export async function compareRows<Scope extends string>(
  client: PoolClient,
  compared: Compared<Scope>,
  rebuilt: ReadonlyMap<string, readonly Row[]>,
  names: Readonly<Record<Scope, readonly (string | null)[]>>,
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const [table, { columns, scope }] of Object.entries(compared)) {
    const columnNames = Object.keys(columns);
    const types = Object.entries(columns).map(([name, type]) => `${name} ${type === 'int4multirange' ? 'text' : type}`);
    const cast = columnNames
      .map((name) => (columns[name] === 'int4multirange' ? `${name}::int4multirange` : name))
      .join(', ');
    // What is held for a command that isn't in the journal yet can't follow from it.
    const live = table === 'unit_holds' ? 'rma, line, units - pending AS units' : columnNames.join(', ');
    const condition = table === 'unit_holds' ? 'AND units <> pending' : '';
    const { rows } = await client.query<Omit<Difference, 'table'>>(
      `WITH rebuilt AS (SELECT ${cast} FROM jsonb_to_recordset($1::jsonb) AS n(${types.join(', ')})),
        live AS (SELECT ${live} FROM ${table} WHERE ${scope} = ANY($2::text[]) ${condition})
      SELECT 'rebuilt' AS side, to_jsonb(d) AS row FROM (SELECT * FROM rebuilt EXCEPT ALL SELECT * FROM live) AS d
      UNION ALL
      SELECT 'live', to_jsonb(d) FROM (SELECT * FROM live EXCEPT ALL SELECT * FROM rebuilt) AS d`,
      [JSON.stringify(rebuilt.get(table) ?? []), names[scope]],
    );
    differences.push(...rows.map((row) => ({ table, ...row })));
  }
  return differences;
}
