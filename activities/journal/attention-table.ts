import type { AttentionRow } from '../../domain/process/attention-rows.ts';
import type { Row, Table } from './table.ts';

/** The people's queue as append writes it. */
export const attentionTables = {
  attention: {
    key: ['id'],
    columns: {
      id: 'text',
      rma: 'text',
      execution: 'text',
      delivery: 'text',
      recall: 'text',
      network: 'text',
      attention: 'text',
      reason: 'text',
      subject: 'text',
      detail: 'text',
      raised_at: 'timestamptz',
      resolved_at: 'timestamptz',
      resolution: 'text',
    },
  },
} as const satisfies Record<string, Table>;

/** Whose entry in the people's queue it is. */
export type Owner =
  | { readonly rma: string }
  | { readonly execution: string }
  | { readonly delivery: string }
  | { readonly recall: string }
  | { readonly network: string };

/** The entries that were raised; one that has ended since says so. */
export const raisedAttention = (owner: Owner, attention: readonly AttentionRow[]): readonly Row[] =>
  attention
    .filter(({ raisedAt }) => raisedAt !== null)
    .map((row) => ({
      ...attentionRow(owner, row),
      raised_at: row.raisedAt,
      reason: row.reason,
      subject: row.subject,
      detail: row.detail,
    }));

/** The entries whose end alone is news; the rest of the row lies there already. */
export const endedEntries = (owner: Owner, attention: readonly AttentionRow[]): readonly Row[] =>
  attention.filter(({ raisedAt }) => raisedAt === null).map((row) => attentionRow(owner, row));

/** A tracking number is its carrier's, so it is kept apart from numbers of ours. */
function nameOf(owner: Owner): string {
  if ('delivery' in owner) return `delivery:${owner.delivery}`;
  if ('recall' in owner) return owner.recall;
  if ('network' in owner) return owner.network;
  return 'rma' in owner ? owner.rma : owner.execution;
}

const attentionRow = (owner: Owner, { attention, resolvedAt, resolution }: AttentionRow): Row => ({
  ...owner,
  id: `${nameOf(owner)}/${attention}`,
  attention,
  resolved_at: resolvedAt,
  resolution,
});
