import type { InspectionRow, Projection } from '../../domain/return/projection.ts';
import type { returnTables } from './return-tables.ts';
import { byColumn, type Row } from './table.ts';

/** A return's rows, as of a journal version. */
export function returnRows(
  projection: Omit<Projection, 'attention'>,
  version: number,
): Readonly<Record<keyof typeof returnTables, readonly Row[]>> {
  const { rma } = projection.return;
  const rows = (of: readonly object[], named?: Readonly<Record<string, string>>) =>
    of.map((row) => byColumn({ ...row, rma }, named));
  const order = { order: 'order_id' };
  const orderLine = { orderLine: 'order_line_id' };
  return {
    returns: [byColumn({ ...projection.return, version }, order)],
    return_lines: rows(
      projection.lines.map(({ holds: _, ...row }) => row),
      orderLine,
    ),
    return_items: rows(projection.items),
    parcels: rows(projection.parcels),
    pickups: rows(projection.pickups),
    claims: rows(projection.claims),
    inspections: rows(latest(projection.inspections), { from: 'from_item' }),
    settlements: rows(projection.settlements),
    clawbacks: rows(projection.clawbacks),
    exchanges: rows(projection.exchanges),
    payment_holds: rows(projection.holds),
    card_charges: rows(projection.charges),
    warranties: rows(projection.warranties, { ...orderLine, from: 'covered_from', until: 'covered_until' }),
    refunds: rows(projection.refunds, { to: 'destination' }),
  };
}

/** An item that was graded again within one append has one row, of the last time. */
const latest = (inspections: readonly InspectionRow[]): readonly InspectionRow[] => [
  ...new Map(inspections.map((inspection) => [inspection.item, inspection])).values(),
];
