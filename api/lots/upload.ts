import { type Endpoint, endpoint } from '../endpoint.ts';
import { ofUploads, resultLines, rowResultBody, uploadedRows, uploadTypes } from '../upload.ts';
import { type LotTable, lotFiles } from './columns.ts';
import { importLotRows } from './import.ts';

const statuses = ['created', 'changed', 'unchanged', 'rejected'] as const;
const LotRowResultBody = rowResultBody('LotRowResult', statuses, {});

function upload(table: LotTable, path: string, id: string, summary: string, about: string): Endpoint {
  const names = Object.keys(lotFiles[table].columns.shape);
  return endpoint({
    method: 'post',
    path,
    id,
    tag: 'Lots',
    summary,
    description: `${about} CSV with a header line, or newline-delimited JSON; the columns are ${names.join(', ')}. ${ofUploads}`,
    permission: 'lots:import',
    streams: uploadTypes,
    responses: {
      200: { description: 'A result per row.', schema: LotRowResultBody, contentType: 'application/x-ndjson' },
    },
    handle: async ({ request }, { db }) => {
      const rows = importLotRows(db, table, uploadedRows(request, { names }));
      return { status: 200, lines: resultLines(rows, statuses) };
    },
  });
}

/** Files that say where lots are; buyers, and what orders sold, are told by the orders themselves. */
export const lotUploads: readonly Endpoint[] = [
  upload(
    'consignees',
    '/v1/consignees/import',
    'importConsignees',
    'Tell who gets goods',
    'Stores, businesses, distributors and shoppers that no order names; a row is the whole of one. `parent` is whom it gets ' +
      'the goods from, where that isn’t us.',
  ),
  upload(
    'lots',
    '/v1/lots/import',
    'importLots',
    'Tell what is known of lots',
    'What isn’t known yet is filled in; what is stays as it is. Lots that other files name are known from then on.',
  ),
  upload(
    'lot_receipts',
    '/v1/lot-receipts/import',
    'importLotReceipts',
    'Tell what facilities got from suppliers, by lot',
    '`value` is that of the row, without tax.',
  ),
  upload(
    'lot_shipments',
    '/v1/lot-shipments/import',
    'importLotShipments',
    'Tell what left, by lot or serial',
    'What consignees got; not what orders sold, which is traced by the lots and serials of their lines. `value` is that of the ' +
      'row, without tax.',
  ),
  upload(
    'lot_links',
    '/v1/lot-links/import',
    'importLotLinks',
    'Tell which lots were made of which',
    '`used` units of one lot went into `made` units of another: by making it of them, by rework or by repacking.',
  ),
];
