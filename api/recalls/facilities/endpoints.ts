import { z } from 'zod';
import { takeConfirmation } from '../../../activities/recalls/confirmations/confirm.ts';
import { resolveDifference } from '../../../activities/recalls/confirmations/differences.ts';
import { confirmationStates } from '../../../domain/recall/confirmation.ts';
import { type Endpoint, endpoint } from '../../endpoint.ts';
import { cursorParameter, cursorText, limitParameter, listBody, pageOf } from '../../page.ts';
import { noteId } from '../../returns/notes.ts';
import { RecallNumber } from '../bodies.ts';
import { knownRecall } from '../carry-out.ts';
import {
  ConfirmationRequest,
  DifferenceRequest,
  FacilityId,
  RecallFacilityBody,
  RecallFacilitySummaryBody,
} from './bodies.ts';
import { facilitiesOf, facilityNotInRecall, readFacility } from './read.ts';
import { confirmationProblem } from './refusals.ts';

const tag = 'Recalls';
const ofFacility = z.object({ number: RecallNumber, facility: FacilityId });

/** Facilities of ours that confirm what a recall has stopped there. */
export const recallFacilities: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/v1/recalls/{number}/facilities',
    id: 'listRecallFacilities',
    tag,
    summary: 'Facilities that are to confirm what is stopped there',
    permission: 'recalls:read',
    params: z.object({ number: RecallNumber }),
    query: z.strictObject({
      state: z.enum(confirmationStates).optional(),
      differing: z
        .stringbool()
        .optional()
        .meta({ description: 'Those whose count differs from the books, or does not.' }),
      limit: limitParameter,
      cursor: cursorParameter(z.tuple([cursorText])),
    }),
    responses: {
      200: { description: 'A page of facilities, by their ids.', schema: listBody(RecallFacilitySummaryBody) },
    },
    problems: [404],
    handle: async ({ params: { number }, query: { state, differing, limit, cursor } }, api) => {
      await knownRecall(api, number);
      const rows = await facilitiesOf(api, number, { state, differing, after: cursor?.[0], limit: limit + 1 });
      const page = pageOf(rows, limit, (row) => [row.facility]);
      return { status: 200, body: { data: page.rows, nextCursor: page.nextCursor } };
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/recalls/{number}/facilities/{facility}',
    id: 'getRecallFacility',
    tag,
    summary: 'What a facility is to confirm, and what it found',
    permission: 'recalls:read',
    params: ofFacility,
    responses: { 200: { description: 'The facility in this recall.', schema: RecallFacilityBody } },
    problems: [404],
    handle: async ({ params: { number, facility } }, api) => ({
      status: 200,
      body: await readFacility(api, number, facility),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/v1/recalls/{number}/facilities/{facility}/confirmations',
    id: 'confirmRecallFacility',
    tag,
    summary: 'Say that stopped goods were found and set aside',
    description:
      'By SKU and lot: how many were found, and where they were put. What is said later of goods takes the place of what was said before. ' +
      'Once all that it was asked about is counted, the facility has confirmed. A count that differs from the books waits for a person; ' +
      'what was found beyond them is affected like the others from then on, also at a facility that nobody had asked.',
    permission: 'recalls:confirm',
    params: ofFacility,
    body: ConfirmationRequest,
    responses: { 200: { description: 'The facility as it is then.', schema: RecallFacilityBody } },
    problems: [404, 409, 422],
    handle: async ({ params: { number: recall, facility }, body: { counts }, commandId, caller }, api) => {
      const taken = await takeConfirmation(api.pool, {
        ...{ recall, facility, commandId, at: new Date().toISOString(), by: caller.id, counts },
      });
      if (taken.type === 'unknown') throw facilityNotInRecall(recall, facility);
      if (taken.type === 'refused') throw confirmationProblem(taken.refusals);
      return { status: 200, body: await readFacility(api, recall, facility) };
    },
  }),
  endpoint({
    method: 'post',
    path: '/v1/recalls/{number}/facilities/{facility}/differences',
    id: 'resolveRecallDifference',
    tag,
    summary: 'Settle that a count differs from the books',
    description:
      'Another count that agrees with the books settles it as well. The stock books themselves are put right where they are kept.',
    permission: 'attention:resolve',
    params: ofFacility,
    body: DifferenceRequest,
    responses: { 200: { description: 'The facility as it is then.', schema: RecallFacilityBody } },
    problems: [404, 409, 422],
    handle: async ({ params: { number: recall, facility }, body: { note: text, ...said }, commandId, caller }, api) => {
      const taken = await resolveDifference(api.pool, {
        ...{ recall, facility, commandId, at: new Date().toISOString(), by: caller.id, ...said },
        note: { id: noteId(commandId), text },
      });
      if (taken.type === 'unknown') throw facilityNotInRecall(recall, facility);
      if (taken.type === 'refused') throw confirmationProblem(taken.refusals);
      return { status: 200, body: await readFacility(api, recall, facility) };
    },
  }),
];
