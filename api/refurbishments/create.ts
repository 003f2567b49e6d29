import { z } from 'zod';
import { workDispositions } from '../../domain/goods/work.ts';
import type { RefurbishmentRequest } from '../../domain/refurbishment/events.ts';
import { defaultWorkTerms } from '../../domain/refurbishment/terms.ts';
import { endpoint } from '../endpoint.ts';
import { Amount, minorUnits } from '../executions/command.ts';
import { Duration, gathering, startExecution, startResponses } from '../executions/start.ts';
import { OutsideCode } from '../fields.ts';
import { refurbishments } from './desk.ts';
import { workItems } from './work-items.ts';

const RefurbishmentRequestBody = z
  .strictObject({
    disposition: z.enum(workDispositions),
    place: z
      .enum(['bench', 'refurbisher'])
      .default('bench')
      .meta({ description: 'A bench of ours, or a refurbisher outside who charges for it.' }),
    party: OutsideCode.meta({ description: 'Which bench, or which refurbisher.' }),
    ...gathering,
    hourlyRate: Amount.default('0').meta({ description: 'What an hour of labour costs, in the items’ currency.' }),
    budget: Amount.exactOptional().meta({
      description:
        'What the work on all items may cost. Left out: what refurbishing them would bring over their best other way; for goods to be taken apart, what they cost us.',
    }),
    terms: z
      .strictObject({
        finishWithin: Duration.default(defaultWorkTerms.finishWithin),
        decideWithin: Duration.default(defaultWorkTerms.decideWithin),
        holdWithin: Duration.default(defaultWorkTerms.holdWithin),
      })
      .prefault({})
      .meta({ description: 'How long each part of it may take before a person hears of it, or it is given up.' }),
  })
  .meta({ id: 'RefurbishmentRequest' });

export const createRefurbishment = endpoint({
  method: 'post',
  path: '/v1/refurbishments',
  id: 'createRefurbishment',
  tag: 'Refurbishments',
  summary: 'Have goods worked on',
  description:
    'A work order for items of one SKU that wait to be reworked, refurbished, repaired for their owner or taken apart. Each return is asked for its items, has them back in their new state when the work ends, and chooses their way again.',
  permission: 'executions:handle',
  body: RefurbishmentRequestBody,
  responses: startResponses,
  problems: [400, 422],
  handle: async (call, api) =>
    await startExecution(api, refurbishments, call, async (): Promise<RefurbishmentRequest> => {
      const { disposition, place, party, facility, hourlyRate, budget, terms } = call.body;
      const { currency, sku, items } = await workItems(api.db, disposition, call.body, budget);
      const rate = minorUnits(hourlyRate, currency, 'hourlyRate');
      return { disposition, place, party, facility, currency, sku, items, hourlyRate: rate, terms };
    }),
});
