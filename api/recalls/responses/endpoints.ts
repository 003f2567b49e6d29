import { z } from 'zod';
import { takeResponse } from '../../../activities/recalls/respond.ts';
import { type Endpoint, endpoint } from '../../endpoint.ts';
import { ofUploads, resultLines, rowResultBody, uploadedRows, uploadTypes } from '../../upload.ts';
import { RecallNumber } from '../bodies.ts';
import { knownRecall } from '../carry-out.ts';
import { answersOf, ConsigneeAnswersBody, ConsigneeId, ResponseRequest } from './bodies.ts';
import { importResponses, responseColumns } from './import.ts';
import { notInRecall, readAnswers } from './read.ts';
import { responseProblem } from './refusals.ts';

const ofConsignee = z.object({ number: RecallNumber, consignee: ConsigneeId });

const statuses = ['taken', 'unchanged', 'rejected'] as const;
const RowResultBody = rowResultBody('RecallResponseRowResult', statuses, {});

/** What consignees answer, as people take it down for them. */
export const responseEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'post',
    path: '/v1/recalls/{number}/consignees/{consignee}/responses',
    id: 'respondToRecall',
    tag: 'Recalls',
    summary: 'Say what became of a consignee’s goods',
    description:
      'Position by position; what is said later of a position takes the place of what was said before. What can’t be so is refused, ' +
      'with every figure that contradicts. Once it answered for all of its goods nobody reminds it any more.',
    permission: 'recalls:respond',
    params: ofConsignee,
    body: ResponseRequest,
    responses: { 200: { description: 'The consignee’s goods as they are then.', schema: ConsigneeAnswersBody } },
    problems: [404, 409, 422],
    handle: async ({ params: { number: recall, consignee }, body, commandId, caller }, api) => {
      const taken = await takeResponse(api.pool, {
        ...{ recall, consignee, commandId, at: new Date().toISOString(), by: caller.id, channel: 'api' },
        ...answersOf(consignee, body),
      });
      if (taken.type === 'unknown') throw notInRecall(recall, consignee);
      if (taken.type === 'refused') throw responseProblem(taken.refusals);
      return { status: 200, body: await readAnswers(api, recall, consignee) };
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/recalls/{number}/consignees/{consignee}/responses',
    id: 'getRecallResponses',
    tag: 'Recalls',
    summary: 'What a consignee answered, and what is known of its goods',
    permission: 'recalls:read',
    params: ofConsignee,
    responses: { 200: { description: 'Its goods, and its answers.', schema: ConsigneeAnswersBody } },
    problems: [404],
    handle: async ({ params: { number, consignee } }, api) => ({
      status: 200,
      body: await readAnswers(api, number, consignee),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/v1/recalls/{number}/responses',
    id: 'importRecallResponses',
    tag: 'Recalls',
    summary: 'Take down the answers of many consignees',
    description:
      'A row is one position of one consignee. CSV with a header line, or newline-delimited JSON; the columns are ' +
      `${Object.keys(responseColumns.shape).join(', ')}. Whom goods were passed on to stays as it was. ${ofUploads}`,
    permission: 'recalls:respond',
    params: z.object({ number: RecallNumber }),
    streams: uploadTypes,
    responses: {
      200: { description: 'A result per row.', schema: RowResultBody, contentType: 'application/x-ndjson' },
    },
    problems: [404],
    handle: async ({ params: { number: recall }, request, commandId, caller }, api) => {
      await knownRecall(api, recall);
      const rows = uploadedRows(request, { names: Object.keys(responseColumns.shape) });
      const results = importResponses(api.pool, { recall, commandId, by: caller.id }, rows);
      return { status: 200, lines: resultLines(results, statuses) };
    },
  }),
];
