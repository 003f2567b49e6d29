import { z } from 'zod';
import { type CertifiedDisposalRequest, certifiedDispositions } from '../../domain/certified-disposal/events.ts';
import { defaultCertifiedTerms as usual } from '../../domain/certified-disposal/terms.ts';
import { endpoint } from '../endpoint.ts';
import { Duration, gathering, startExecution, startResponses } from '../executions/start.ts';
import { waitingItems } from '../executions/waiting.ts';
import { OutsideCode } from '../fields.ts';
import { certifiedDisposals } from './desk.ts';

const BasisPoints = z.int().min(0).max(10_000);

const CertifiedDisposalRequestBody = z
  .strictObject({
    disposition: z.enum(certifiedDispositions),
    organisation: OutsideCode.meta({ description: 'Who gets the goods.' }),
    ...gathering,
    dutyClaimed: z.boolean().default(false).meta({
      description: 'Duty on the goods is claimed back, so that customs has to see their destruction.',
    }),
    terms: z
      .strictObject({
        handoverWithin: Duration.default(usual.handoverWithin),
        certificateWithin: Duration.default(usual.certificateWithin),
        reminders: z
          .array(Duration)
          .max(10)
          .default([...usual.reminders])
          .meta({ description: 'When the organisation is reminded, counted from the hand-over.' }),
        massBasisPoints: BasisPoints.default(usual.massBasisPoints).meta({
          description: 'How far what went into recycling may be from what came out of it.',
        }),
        weightBasisPoints: BasisPoints.default(usual.weightBasisPoints).meta({
          description: 'How far the certified weight may be from ours before a person hears of it.',
        }),
      })
      .prefault({})
      .meta({ description: 'How long each side may take, and how far weights may be apart.' }),
  })
  .meta({ id: 'CertifiedDisposalRequest' });

export const createCertifiedDisposal = endpoint({
  method: 'post',
  path: '/v1/certified-disposals',
  id: 'createCertifiedDisposal',
  tag: 'Certified disposals',
  summary: 'Donate, recycle or destroy goods, with a certificate',
  description:
    'Gathers items of returns that wait to go this way. Each return is asked for its items, which from then on belong to ' +
    'this disposal until the organisation has certified what became of them, or it lets go of them.',
  permission: 'executions:handle',
  body: CertifiedDisposalRequestBody,
  responses: startResponses,
  problems: [422],
  handle: async (call, api) =>
    await startExecution(api, certifiedDisposals, call, async (): Promise<CertifiedDisposalRequest> => {
      const { disposition, organisation, facility, dutyClaimed, terms } = call.body;
      const { currency, items } = await waitingItems(api.db, disposition, call.body);
      return { disposition, organisation, facility, currency, dutyClaimed, items, terms };
    }),
});
