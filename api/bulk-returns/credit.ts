import { issueOverParts } from '../../activities/journal/credit-memo-parts.ts';
import { MemoBody, readMemo } from '../credit-memos/one.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { deliverToSections } from './deliver.ts';
import { sectionsOf, WholePath } from './one.ts';

export const creditBulkReturn = endpoint({
  method: 'post',
  path: '/v1/bulk-returns/{rma}/credit-memos',
  id: 'creditBulkReturn',
  tag: 'Bulk returns',
  summary: 'Issue the credit memo over all that is settled and on none yet',
  description:
    'One memo under one number over all sections: after each delivery a partial one, or one at the end. It cites the ' +
    'invoice and the purchase order.',
  permission: 'credits:issue',
  params: WholePath,
  responses: { 201: { description: 'The credit memo.', schema: MemoBody } },
  problems: [404, 409],
  handle: async ({ params: { rma }, commandId, caller }, api) => {
    await sectionsOf(api, rma);
    const issued = await issueOverParts(api.pool, { whole: rma, commandId, by: caller.id });
    if (issued === null)
      throw new Problem(409, 'nothing_due', `nothing of ${rma} is settled and on no credit memo yet`);
    await deliverToSections(api, issued.eventIds);
    const { legalEntity, number } = issued;
    const headers = { location: `/v1/credit-memos/${legalEntity}/${number}` };
    return { status: 201, body: await readMemo(api, legalEntity, number), headers };
  },
});
