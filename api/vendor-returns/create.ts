import { createHash } from 'node:crypto';
import { z } from 'zod';
import { vendorReturnProcess } from '../../activities/journal/process.ts';
import { milliseconds } from '../../domain/duration.ts';
import { executionNumber } from '../../domain/execution/number.ts';
import { makeRma } from '../../domain/rma.ts';
import type { VendorReturnRequest } from '../../domain/vendor-return/events.ts';
import { defaultVendorTerms } from '../../domain/vendor-return/terms.ts';
import { lastingAttributes } from '../../workflows/vendor-return/attributes.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { ExecutionAcceptedBody, ExecutionBody } from '../executions/bodies.ts';
import { MOST_ITEMS, waitingItems } from '../executions/waiting.ts';
import { LocalId, OutsideCode, Rma } from '../fields.ts';
import { isCurrency } from '../money.ts';
import { startProcess } from '../telling.ts';
import { acceptedVendorReturn, vendorReturnTarget } from './carry-out.ts';
import { findVendorReturn } from './one.ts';

const Duration = z.string().refine(isDuration, 'is not a duration such as P14D').meta({ example: 'P14D' });

const VendorReturnRequestBody = z
  .strictObject({
    vendor: OutsideCode,
    facility: OutsideCode.meta({ description: 'Where the goods wait.' }),
    items: z
      .array(z.strictObject({ rma: Rma, item: LocalId }))
      .min(1)
      .max(MOST_ITEMS)
      .exactOptional()
      .meta({ description: 'Left out: all that wait at the facility to go back, as far as the filters let them.' }),
    category: OutsideCode.exactOptional(),
    sku: OutsideCode.exactOptional(),
    currency: z.string().refine(isCurrency, 'is in no ISO 4217 currency').exactOptional(),
    terms: z
      .strictObject({
        authorizationWithin: Duration.default(defaultVendorTerms.authorizationWithin),
        shipmentWithin: Duration.default(defaultVendorTerms.shipmentWithin),
        creditWithin: Duration.default(defaultVendorTerms.creditWithin),
        disputeWithin: Duration.default(defaultVendorTerms.disputeWithin),
      })
      .prefault({})
      .meta({ description: 'How long each side may take before a person hears of it.' }),
  })
  .meta({ id: 'VendorReturnRequest' });

export const createVendorReturn = endpoint({
  method: 'post',
  path: '/v1/vendor-returns',
  id: 'createVendorReturn',
  tag: 'Vendor returns',
  summary: 'Send goods back to their vendor',
  description:
    'Gathers items of returns that wait to go back. Each return is asked for its items, which from then on belong to this vendor return until it ends or lets go of them.',
  permission: 'executions:handle',
  body: VendorReturnRequestBody,
  responses: {
    201: { description: 'The vendor return.', schema: ExecutionBody },
    202: { description: 'It was taken, and begins as soon as a worker is there.', schema: ExecutionAcceptedBody },
  },
  problems: [422],
  handle: async ({ body, caller, commandId }, api) => {
    const number = numberOf(commandId);
    if (!(await isNew(api, number))) return await created(api, number, commandId);
    const { vendor, facility, terms } = body;
    const { currency, items } = await waitingItems(api.db, 'return_to_vendor', {
      facility,
      currency: body.currency,
      category: body.category,
      sku: body.sku,
      items: body.items,
    });
    const request: VendorReturnRequest = { vendor, facility, currency, items, terms };
    const sent = await startProcess(
      api.processes,
      vendorReturnTarget(number, { commandId, by: caller.id, request }),
      request,
      lastingAttributes(
        facility,
        items.map(({ sku }) => sku),
      ),
    );
    return sent.type === 'accepted' ? acceptedVendorReturn(number, commandId) : await created(api, number, commandId);
  },
});

/** Always the same for the same command, so that a repeated request finds the vendor return that it started. */
const numberOf = (commandId: string): string =>
  executionNumber('vendor_return', makeRma(createHash('sha256').update(`vendor return\n${commandId}`).digest()));

async function isNew(api: Api, number: string): Promise<boolean> {
  return (await api.db.journalEntry.findFirst({ where: { process: vendorReturnProcess(number) } })) === null;
}

async function created(api: Api, number: string, commandId: string) {
  const body = await findVendorReturn(api, number);
  if (body === null) return acceptedVendorReturn(number, commandId);
  return { status: 201, body, headers: { location: `/v1/vendor-returns/${number}` } };
}

function isDuration(text: string): boolean {
  try {
    return milliseconds(text) > 0;
  } catch {
    return false;
  }
}
