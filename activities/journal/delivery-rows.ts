import type { DeliveryProjection } from '../../domain/delivery/projection.ts';
import { byColumn, type Row, type Table } from './table.ts';

/** The table of deliveries as append writes it. */
export const deliveryTables = {
  deliveries: {
    key: ['tracking'],
    columns: {
      tracking: 'text',
      order_id: 'text',
      carrier: 'text',
      status: 'text',
      reason: 'text',
      carrier_status: 'text',
      attempts: 'int',
      instruction: 'text',
      hold_until: 'timestamptz',
      remedy: 'text',
      rma: 'text',
      outcome: 'text',
      opened_at: 'timestamptz',
      closed_at: 'timestamptz',
      next_deadline: 'timestamptz',
      version: 'int',
    },
  },
} as const satisfies Record<string, Table>;

/** A delivery's row, as of a journal version. */
export const deliveryRows = (
  { delivery }: Omit<DeliveryProjection, 'attention'>,
  version: number,
): Readonly<Record<keyof typeof deliveryTables, readonly Row[]>> => ({
  deliveries: [byColumn({ ...delivery, version }, { order: 'order_id' })],
});
