import { z } from 'zod';
import { readReport } from '../../../activities/recalls/report.ts';
import { endpoint } from '../../endpoint.ts';
import { pdfOf } from '../../pdf.ts';
import { RecallNumber } from '../bodies.ts';
import { recallNotFound } from '../carry-out.ts';
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
    'consignee, and our own facilities that have goods, each with its part of the account.',
  permission: 'recalls:read',
  params: z.object({ number: RecallNumber }),
  query: z.strictObject({ format: z.enum(['json', 'csv', 'pdf']).default('json') }),
  responses: { 200: { description: 'The report.', schema: RecallReportBody, csv: true, pdf: true } },
  problems: [404],
  handle: async ({ params: { number }, query: { format } }, api) => {
    const report = await readReport(api.pool, number);
    if (report === null) throw recallNotFound(number);
    if (format === 'json') return { status: 200, body: report };
    const headers = {
      'content-disposition': `attachment; filename="${number}-report.${format}"`,
      'cache-control': 'private, no-store',
    };
    if (format === 'csv') {
      return { status: 200, stream: { type: 'text/csv', content: consigneesCsv(api, number) }, headers };
    }
    const bytes = await pdfOf(headingOf(report, false), sectionsOf(report));
    return { status: 200, file: { type: 'application/pdf', bytes }, headers };
  },
});
