import { type Endpoint, endpoint } from '../endpoint.ts';
import { resultLines, rowResultBody, uploadedRows, uploadTypes } from '../upload.ts';
import { demandForecasts, type InputFile, lanes, skuFacts, stockLimits } from './columns.ts';
import { importInputs } from './import.ts';

const statuses = ['stored', 'rejected'] as const;
const InputRowResultBody = rowResultBody('NetworkInputRowResult', statuses, {});

function upload(file: InputFile, path: string, id: string, summary: string, about: string): Endpoint {
  const { names } = file;
  return endpoint({
    method: 'post',
    path,
    id,
    tag: 'Rebalancing',
    summary,
    description:
      `${about} CSV with a header line, or newline-delimited JSON; the columns are ${names.join(', ')}. A row takes the place of what was ` +
      'known of the same. The answer is newline-delimited JSON: a result per row, then one line with the counts.',
    permission: 'network:decide',
    streams: uploadTypes,
    responses: {
      200: { description: 'A result per row.', schema: InputRowResultBody, contentType: 'application/x-ndjson' },
    },
    handle: async ({ request }, { pool }) => {
      const rows = importInputs(pool, file, uploadedRows(request, { names }));
      return { status: 200, lines: resultLines(rows, statuses) };
    },
  });
}

/** Files that plans of what to send where are made of. */
export const networkInputs: readonly Endpoint[] = [
  upload(
    stockLimits,
    '/v1/stock-limits/import',
    'importStockLimits',
    'Say what should lie where',
    '`value` is what a missing unit costs there, and fills a shortage before one of less value. What has no limits isn’t planned.',
  ),
  upload(
    demandForecasts,
    '/v1/demand-forecasts/import',
    'importDemandForecasts',
    'Say what will be asked for where',
    'Units from a day on, for so many days (7 where that is left out).',
  ),
  upload(
    lanes,
    '/v1/lanes/import',
    'importLanes',
    'Say what ways there are between facilities',
    '`perUnit` for each unit, `perShipment` once for all that a plan sends; `days` is 1 where left out, and `capacity` unbounded.',
  ),
  upload(
    skuFacts,
    '/v1/sku-facts/import',
    'importSkuFacts',
    'Say what a unit of a SKU takes of a vehicle, and what it brings where nobody needs it',
    'A SKU without a size rides on no trip.',
  ),
];
