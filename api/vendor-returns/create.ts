import { z } from 'zod';
import type { VendorReturnRequest } from '../../domain/vendor-return/events.ts';
import { defaultVendorTerms } from '../../domain/vendor-return/terms.ts';
import { endpoint } from '../endpoint.ts';
import { Duration, gathering, startExecution, startResponses } from '../executions/start.ts';
import { waitingItems } from '../executions/waiting.ts';
import { OutsideCode } from '../fields.ts';
import { vendorReturns } from './desk.ts';

const VendorReturnRequestBody = z
  .strictObject({
    vendor: OutsideCode,
    ...gathering,
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
  responses: startResponses,
  problems: [422],
  handle: async (call, api) =>
    await startExecution(api, vendorReturns, call, async (): Promise<VendorReturnRequest> => {
      const { vendor, facility, terms } = call.body;
      const { currency, items } = await waitingItems(api.db, 'return_to_vendor', call.body);
      return { vendor, facility, currency, items, terms };
    }),
});
