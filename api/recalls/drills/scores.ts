import { z } from 'zod';
import { readDrillScore } from '../../../activities/recalls/drills/score.ts';
import { type DrillScore, type DrillScored, drillGaps } from '../../../domain/recall/drill.ts';
import type { RecallDrill } from '../../../prisma/generated/client.ts';
import type { Api } from '../../api.ts';
import { csvOf } from '../../csv.ts';
import { endpoint } from '../../endpoint.ts';
import { LocalId } from '../../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../../page.ts';
import { type Heading, pdfOf, type Section } from '../../pdf.ts';
import { Problem } from '../../problem.ts';
import { RecallNumber } from '../bodies.ts';
import { recallNotFound } from '../carry-out.ts';
import { DrillBody, DrillScoreBody } from './bodies.ts';
import { scheduleNotFound } from './schedules.ts';

export const listDrills = endpoint({
  method: 'get',
  path: '/v1/recall-drills/{schedule}/drills',
  id: 'listRecallDrills',
  tag: 'Recalls',
  summary: 'The drills of a schedule, and how each went',
  description: 'Newest first. Also those that were due and skipped, and of a schedule that was deleted.',
  permission: 'recalls:read',
  params: z.object({ schedule: LocalId }),
  query: z.strictObject({ limit: limitParameter, cursor: cursorParameter(z.tuple([cursorTime, cursorText])) }),
  responses: { 200: { description: 'A page of drills.', schema: listBody(DrillBody) } },
  problems: [404],
  handle: async ({ params: { schedule }, query: { limit, cursor } }, { db }) => {
    const known = await db.recallDrillSchedule.findUnique({ where: { id: schedule }, select: { id: true } });
    if (known === null) throw scheduleNotFound(schedule);
    const rows = await db.recallDrill.findMany({
      where: {
        schedule,
        ...(cursor === undefined
          ? {}
          : { OR: [{ firedAt: { lt: cursor[0] } }, { firedAt: cursor[0], run: { lt: cursor[1] } }] }),
      },
      orderBy: [{ firedAt: 'desc' }, { run: 'desc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.firedAt.toISOString(), row.run]);
    return { status: 200, body: { data: page.rows.map(shown), nextCursor: page.nextCursor } };
  },
});

const shown = ({ sku, lot, ...row }: RecallDrill): z.infer<typeof DrillBody> =>
  DrillBody.parse({
    ...row,
    goods: sku === null || lot === null ? null : { sku, lot },
    firedAt: row.firedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  });

export const getDrillScore = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}/score',
  id: 'getRecallDrillScore',
  tag: 'Recalls',
  summary: 'How a drill went, by facility',
  description:
    'How long it took to trace and stop its goods, and the units that its records leave in the dark. Of a scheduled drill as it was when it ' +
    'ended; of another mock recall as it is now. These times are those of every facility, as one query traces and one transaction ' +
    'stops all; how soon each confirmed what was stopped there is its own.',
  permission: 'recalls:read',
  params: z.object({ number: RecallNumber }),
  query: z.strictObject({ format: z.enum(['json', 'csv', 'pdf']).default('json') }),
  responses: { 200: { description: 'The score.', schema: DrillScoreBody, csv: true, pdf: true } },
  problems: [404, 409],
  handle: async ({ params: { number }, query: { format } }, api) => {
    const score = await scoreOf(api, number);
    if (format === 'json') return { status: 200, body: score };
    const headers = {
      'content-disposition': `attachment; filename="${number}-score.${format}"`,
      'cache-control': 'private, no-store',
    };
    const bytes =
      format === 'csv' ? Buffer.from(csvOf(tableOf(score))) : await pdfOf(headingOf(score), sectionsOf(score));
    return { status: 200, file: { type: format === 'csv' ? 'text/csv' : 'application/pdf', bytes }, headers };
  },
});

async function scoreOf({ db, pool }: Api, number: string): Promise<DrillScore> {
  const recall = await db.recall.findUnique({ where: { number }, select: { mock: true, stoppedAt: true } });
  if (recall === null) throw recallNotFound(number);
  if (!recall.mock) throw new Problem(409, 'not_a_drill', 'only a drill (`mock`) has a score; see GET …/report');
  if (recall.stoppedAt === null) throw new Problem(409, 'not_traced_yet', 'its goods were not traced yet');
  const drill = await db.recallDrill.findUnique({ where: { recall: number }, select: { score: true } });
  const kept = drill?.score ?? null;
  return kept === null ? await readDrillScore(pool, number) : DrillScoreBody.parse(kept);
}

const columns = ['facility', 'units', 'sound', ...drillGaps, 'share'] as const;
const confirmationColumns = ['confirmation', 'confirmMilliseconds', 'onBooks', 'found'] as const;
type Part = DrillScore['byFacility'][number];
const confirmationCells = ({ confirmation }: Part) => [
  ...[confirmation?.state ?? null, confirmation?.milliseconds ?? null],
  ...[confirmation?.onBooks ?? null, confirmation?.found ?? null],
];
const figuresOf = ({ units, sound, gaps, share }: DrillScored) => [
  units,
  sound,
  ...drillGaps.map((gap) => gaps[gap]),
  share,
];

const tableOf = ({ total, byFacility, ...times }: DrillScore) => [
  [...columns, 'traceMilliseconds', 'stopMilliseconds', 'notifyMilliseconds', ...confirmationColumns],
  ...byFacility.map((part) => [part.facility, ...figuresOf(part), ...timesOf(times), ...confirmationCells(part)]),
  ['all', ...figuresOf(total), ...timesOf(times), null, times.confirmMilliseconds ?? null, null, null],
];

type Times = Pick<DrillScore, 'traceMilliseconds' | 'stopMilliseconds' | 'notifyMilliseconds'>;
const timesOf = ({ traceMilliseconds, stopMilliseconds, notifyMilliseconds }: Times) => [
  traceMilliseconds,
  stopMilliseconds,
  notifyMilliseconds,
];

const headingOf = ({ recall, at }: DrillScore): Heading => ({
  title: `Drill: recall ${recall}`,
  about: [`Figures as of ${at.slice(0, 10)} ${at.slice(11, 16)} UTC.`],
  warning: 'DRILL: NO NOTICE WAS SENT, NO GOODS WERE HELD',
  at: new Date(at),
});

function sectionsOf({ total, byFacility, ...times }: DrillScore): readonly Section[] {
  const [trace, stop, notify] = timesOf(times).map((time) => (time === null ? 'not yet' : `${time} ms`));
  const percent = (share: number | null) => (share === null ? '-' : `${(share / 100).toFixed(2)} %`);
  const cells = (part: DrillScored) => [...figuresOf(part).slice(0, -1).map(String), percent(part.share)];
  return [
    {
      title: 'How long it took',
      note: 'One query traces all and one transaction stops all: these are the times of every facility.',
      columns: ['What', 'From its launch'],
      rows: [
        ['Goods traced (the query alone)', trace ?? ''],
        ['Goods noted as stopped', stop ?? ''],
        ['Everybody would have been written to', notify ?? ''],
      ],
    },
    {
      title: 'Units, and where records leave them in the dark',
      note: 'A unit may have several gaps; sound are those that have none. Of the last three gaps it is not known whether they are of the scope.',
      columns: [
        ...['Facility', 'Units', 'Sound', 'No origin', 'No address', 'Stock without lot', 'Shipped without lot'],
        ...['Left, never came in', 'Share'],
      ],
      rows: [...byFacility.map((part) => [part.facility ?? 'not recorded', ...cells(part)]), ['all', ...cells(total)]],
    },
    {
      title: 'Facilities that confirmed what was stopped there',
      note: 'From when each was asked until it had counted all of its goods.',
      columns: ['Facility', 'State', 'After', 'Units on the books', 'Found'],
      rows: byFacility.flatMap((part) => {
        const { facility, confirmation } = part;
        if (confirmation == null) return [];
        const { state, milliseconds, onBooks, found, differs } = confirmation;
        const after = milliseconds === null ? '-' : `${milliseconds} ms`;
        return [
          [
            facility ?? '',
            differs ? `${state}, differs` : state,
            after,
            String(onBooks),
            found === null ? 'not counted' : String(found),
          ],
        ];
      }),
    },
  ];
}
