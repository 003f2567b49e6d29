import type { DeliveryProjection } from '../../domain/delivery/projection.ts';
import type { ExecutionProjection } from '../../domain/execution/projection.ts';
import type { LoanProjection } from '../../domain/loan/projection.ts';
import type { NetworkProjection } from '../../domain/network/projection.ts';
import type { RecallProjection } from '../../domain/recall/projection.ts';
import type { Projection } from '../../domain/return/projection.ts';
import { attentionTables, endedEntries, type Owner, raisedAttention } from './attention-table.ts';
import { deliveryRows, deliveryTables } from './delivery-rows.ts';
import { executionRows, executionTables } from './execution-rows.ts';
import { loanRows, loanTables } from './loan-rows.ts';
import { networkRows, networkTables } from './network-rows.ts';
import { recallRows, recallTables } from './recall-rows.ts';
import { returnRows } from './return-rows.ts';
import { returnTables } from './return-tables.ts';
import type { Row, Table } from './table.ts';

/** The read model's tables; columns named as in the migrations, fields as in the projections of domain/. */
export const readModel = {
  ...returnTables,
  ...executionTables,
  ...deliveryTables,
  ...recallTables,
  ...networkTables,
  ...loanTables,
  ...attentionTables,
} as const satisfies Record<string, Table>;

export type ReadModelTable = keyof typeof readModel;
export const readModelTables = Object.keys(readModel) as readonly ReadModelTable[];

type RowsByTable = Partial<Readonly<Record<ReadModelTable, readonly Row[]>>>;

type AnyProjection =
  | Projection
  | ExecutionProjection
  | DeliveryProjection
  | RecallProjection
  | NetworkProjection
  | LoanProjection;

/** The rows of a projection by table, as of a journal version. */
export const rowsOf = (projection: AnyProjection, version: number): RowsByTable => ({
  ...rowsOfItsOwn(projection, version),
  attention: raisedAttention(ownerOf(projection), projection.attention),
});

/** Entries of the people's queue whose end alone is news. */
export const endedAttention = (projection: AnyProjection): readonly Row[] =>
  endedEntries(ownerOf(projection), projection.attention);

function rowsOfItsOwn(projection: AnyProjection, version: number): RowsByTable {
  if ('execution' in projection) return executionRows(projection, version);
  if ('recall' in projection) return recallRows(projection, version);
  if ('loan' in projection) {
    return { ...networkRows(projection, version), ...loanRows(projection.network.number, projection) };
  }
  if ('network' in projection) return networkRows(projection, version);
  return 'delivery' in projection ? deliveryRows(projection, version) : returnRows(projection, version);
}

function ownerOf(projection: AnyProjection): Owner {
  if ('execution' in projection) return { execution: projection.execution.number };
  if ('recall' in projection) return { recall: projection.recall.number };
  if ('network' in projection) return { network: projection.network.number };
  return 'delivery' in projection ? { delivery: projection.delivery.tracking } : { rma: projection.return.rma };
}
