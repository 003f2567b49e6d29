import { z } from 'zod';
import { readReport } from '../../../activities/recalls/report.ts';
import type { Api } from '../../api.ts';
import { endpoint } from '../../endpoint.ts';
import { pdfOf } from '../../pdf.ts';
import { Problem } from '../../problem.ts';
import { RecallNumber } from '../bodies.ts';
import { knownRecall, recallNotFound } from '../carry-out.ts';
import { RecallReportBody } from './bodies.ts';
import { consigneesCsv } from './consignees.ts';
import { headingOf, sectionsOf } from './sections.ts';

export const getRecallReport = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}/report',
  id: 'getRecallReport',
  tag: 'Recalls',
  summary: 'The status report of a recall',
  description:
    'What an authority asks for (21 CFR 7.53(b)), at any moment: consignees notified with date and method, responses and goods on hand, ' +
    'no response, goods accounted for, effectiveness checks, and the expected completion. As a PDF to hand over; as CSV with every ' +
    'consignee, and our own facilities that have goods, each with its part of the account as it is now. The final report is the same ' +
    'whenever it is asked for; its ETag is the SHA-256 of its JSON. Once the authority has terminated the recall, it has the dates of both ' +
    'ends beside the same figures.',
  permission: 'recalls:read',
  params: z.object({ number: RecallNumber }),
  query: z.strictObject({
    format: z.enum(['json', 'csv', 'pdf']).default('json'),
    of: z
      .enum(['final', 'completed', 'now'])
      .optional()
      .meta({
        description:
          'The final report, which was kept when the recall was completed, and again when it was terminated; by itself it is the newest of ' +
          'these where there is one. `completed`: as it was kept at the completion.',
      }),
  }),
  responses: {
    200: { description: 'The report.', schema: RecallReportBody, csv: true, pdf: true },
    304: { description: 'It is the final report that is known already.' },
  },
  problems: [404],
  handle: async ({ params: { number }, query: { format, of } }, api) => {
    const kept = of === 'now' ? null : await keptReport(api, number, of);
    if ((of === 'final' || of === 'completed') && kept === null) {
      await knownRecall(api, number);
      throw new Problem(
        404,
        'report_not_final',
        'there is no final report yet: it is made once the recall is completed',
      );
    }
    const report = kept === null ? await readReport(api.pool, number) : RecallReportBody.parse(JSON.parse(kept.report));
    if (report === null) throw recallNotFound(number);
    if (format === 'json' && kept !== null) {
      const file = { type: 'application/json', bytes: Buffer.from(kept.report) };
      return { status: 200, file, headers: { etag: `"${kept.sha256}"` } };
    }
    if (format === 'json') return { status: 200, body: report };
    const headers = {
      'content-disposition': `attachment; filename="${number}-report.${format}"`,
      'cache-control': 'private, no-store',
    };
    if (format === 'csv') {
      return { status: 200, stream: { type: 'text/csv', content: consigneesCsv(api, number) }, headers };
    }
    const bytes = await pdfOf(headingOf(report, kept !== null), sectionsOf(report));
    return { status: 200, file: { type: 'application/pdf', bytes }, headers };
  },
});

/** What was kept at the termination comes before what was kept at the completion: so do their names, backwards. */
const keptReport = ({ db }: Pick<Api, 'db'>, recall: string, of: 'final' | 'completed' | undefined) =>
  db.recallFinalReport.findFirst({
    where: { recall, ...(of === 'completed' ? { stage: 'completed' } : {}) },
    orderBy: { stage: 'desc' },
  });
