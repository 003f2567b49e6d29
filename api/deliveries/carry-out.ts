import type { z } from 'zod';
import type { DeliveryTold } from '../../domain/delivery/kind.ts';
import type { DeliveryMessage } from '../../workflows/delivery/messages.ts';
import { type DeliveryArguments, deliveryWorkflowId, deliveryWorkflowType } from '../../workflows/delivery/messages.ts';
import type { Api } from '../api.ts';
import { type Addressee, asRecorded, asTold, carryOutAt } from '../carry-out.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import type { Note } from '../returns/notes.ts';
import type { Target } from '../telling.ts';
import { DeliveryAcceptedBody, DeliveryOutcomeBody } from './bodies.ts';
import { deliveryProblem } from './refusals.ts';

/** A delivery as the API speaks to it. */
export const deliveryTarget = (tracking: string): Target => {
  const args: DeliveryArguments = { tracking };
  return {
    workflowType: deliveryWorkflowType,
    workflowId: deliveryWorkflowId(tracking),
    args,
    summary: `Delivery ${tracking}`,
    refused: deliveryProblem,
  };
};

export const commandResponses = {
  200: { description: 'It was done.', schema: DeliveryOutcomeBody },
  202: { description: 'It was taken and will be done.', schema: DeliveryAcceptedBody },
};

/**
 * Brings a command to its delivery, which begins with it where it hasn't yet, and answers with what came of it.
 * @throws {Problem} 404 where no such parcel was sent, else the refusal
 */
export const carryOut = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'>,
  tracking: string,
  command: DeliveryMessage['command'],
  notes: readonly Note[] = [],
): Promise<Answer> => carryOutAt(api, call, deliveryOf(api, tracking), command, notes);

const deliveryOf = ({ db }: Api, tracking: string): Addressee<DeliveryTold, z.infer<typeof DeliveryOutcomeBody>> => ({
  number: tracking,
  named: { tracking },
  location: `/v1/deliveries/${tracking}`,
  target: deliveryTarget(tracking),
  isInReadModel: async () =>
    (await db.shipment.findFirst({ where: { tracking, troubledAt: { not: null } }, select: { tracking: true } })) !==
    null,
  notFound: () => deliveryNotFound(tracking),
  outcomeOf: asTold,
  outcomeNow: async (commandId, entry) => {
    const include = { attention: { where: { resolvedAt: null } } };
    return asRecorded({ tracking }, commandId, entry, await db.delivery.findUnique({ where: { tracking }, include }));
  },
});

export const deliveryNotFound = (tracking: string): Problem =>
  new Problem(404, 'delivery_not_found', `nothing went wrong with a parcel ${tracking} that we know of`);
