import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RecallDrillSchedule } from '../../../prisma/generated/client.ts';
import type { Api } from '../../api.ts';
import { type Endpoint, endpoint } from '../../endpoint.ts';
import { LocalId } from '../../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../../page.ts';
import { Problem } from '../../problem.ts';
import { DrillScheduleBody, NewDrillSchedule } from './bodies.ts';
import { endClock, fireClock, nextOf, pauseClock, resumeClock, startClock } from './clock.ts';

const tag = 'Recalls';
const permission = 'recalls:run';
const params = z.object({ schedule: LocalId });

const createDrillSchedule = endpoint({
  method: 'post',
  path: '/v1/recall-drills',
  id: 'createRecallDrillSchedule',
  tag,
  permission,
  summary: 'Have recall drills take place again and again',
  description:
    'Each time a mock recall of one lot is launched, ends by itself, and is scored by facility. None takes place while another of the same ' +
    'schedule runs, or while a recall is reaching its consignees; where one begins meanwhile, the drill waits for it.',
  body: NewDrillSchedule,
  responses: { 201: { description: 'The schedule.', schema: DrillScheduleBody } },
  problems: [422],
  handle: async ({ body, commandId, caller }, api) => {
    const { goods, every = null, cron = null, ...said } = body;
    const id = createHash('sha256').update(`drills\n${commandId}`).digest('hex').slice(0, 12);
    if (goods !== null) await refuseUnknownLot(api, goods);
    const data = { id, ...said, every, cron, sku: goods?.sku ?? null, lot: goods?.lot ?? null, createdBy: caller.id };
    const made = await api.db.recallDrillSchedule.upsert({ where: { id }, create: data, update: {} });
    try {
      await startClock(api, made);
    } catch (error) {
      // Without a clock it would never be due; none of its drills can have begun.
      await api.db.recallDrillSchedule.deleteMany({ where: { id } });
      throw error;
    }
    return { status: 201, body: shown(made), headers: { location: `/v1/recall-drills/${id}` } };
  },
});

async function refuseUnknownLot({ db }: Api, goods: { readonly sku: string; readonly lot: string }): Promise<void> {
  if ((await db.lot.findUnique({ where: { sku_lot: goods }, select: { lot: true } })) !== null) return;
  throw new Problem(422, 'lot_unknown', `no lot ${goods.lot} of ${goods.sku} was ever booked here`, {
    field: 'goods.lot',
  });
}

const listDrillSchedules = endpoint({
  method: 'get',
  path: '/v1/recall-drills',
  id: 'listRecallDrillSchedules',
  tag,
  permission,
  summary: 'List the schedules of recall drills',
  query: z.strictObject({
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
  }),
  responses: { 200: { description: 'A page of schedules, newest first.', schema: listBody(DrillScheduleBody) } },
  handle: async ({ query: { limit, cursor } }, { db }) => {
    const rows = await db.recallDrillSchedule.findMany({
      where: {
        deletedAt: null,
        ...(cursor === undefined
          ? {}
          : { OR: [{ createdAt: { lt: cursor[0] } }, { createdAt: cursor[0], id: { lt: cursor[1] } }] }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
    return { status: 200, body: { data: page.rows.map(shown), nextCursor: page.nextCursor } };
  },
});

const ScheduleWithNext = DrillScheduleBody.extend({
  nextAt: z.iso.datetime().nullable().meta({ description: 'When the next drill is due; null while they are paused.' }),
}).meta({ id: 'RecallDrillScheduleWithNext' });

const getDrillSchedule = endpoint({
  method: 'get',
  path: '/v1/recall-drills/{schedule}',
  id: 'getRecallDrillSchedule',
  tag,
  permission,
  summary: 'One schedule of recall drills',
  params,
  responses: { 200: { description: 'The schedule.', schema: ScheduleWithNext } },
  problems: [404],
  handle: async ({ params: { schedule } }, api) => {
    const known = shown(await knownSchedule(api, schedule));
    return { status: 200, body: { ...known, nextAt: await nextOf(api, schedule) } };
  },
});

/** A step of a schedule that takes no words. */
const step = (
  name: string,
  id: string,
  summary: string,
  description: string,
  work: (api: Api, schedule: RecallDrillSchedule) => Promise<unknown>,
): Endpoint =>
  endpoint({
    method: 'post',
    path: `/v1/recall-drills/{schedule}/${name}`,
    id,
    tag,
    permission,
    summary,
    description,
    params,
    responses: { 200: { description: 'It was done.', schema: DrillScheduleBody } },
    problems: [404],
    handle: async ({ params: { schedule } }, api) => {
      await work(api, await knownSchedule(api, schedule));
      return { status: 200, body: shown(await knownSchedule(api, schedule)) };
    },
  });

const setPaused = ({ db }: Api, { id }: RecallDrillSchedule, paused: boolean) =>
  db.recallDrillSchedule.update({ where: { id }, data: { paused } });

const deleteDrillSchedule = endpoint({
  method: 'delete',
  path: '/v1/recall-drills/{schedule}',
  id: 'deleteRecallDrillSchedule',
  tag,
  permission,
  summary: 'Have no more recall drills of a schedule',
  description:
    'One that runs goes on to its end. Those that were stay in the list of its drills; who was told of them is forgotten.',
  params,
  responses: { 204: { description: 'There are no more.' } },
  problems: [404],
  handle: async ({ params: { schedule: id } }, api) => {
    await knownSchedule(api, id);
    await endClock(api, id);
    await api.db.recallDrillSchedule.update({ where: { id }, data: { deletedAt: new Date(), tell: [] } });
    return { status: 204 };
  },
});

/** The schedules of recall drills. */
export const drillSchedules: readonly Endpoint[] = [
  createDrillSchedule,
  listDrillSchedules,
  getDrillSchedule,
  step(
    'pause',
    'pauseRecallDrills',
    'Let no drill be due for a while',
    'One that runs goes on to its end.',
    async (api, known) => {
      await pauseClock(api, known);
      await setPaused(api, known, true);
    },
  ),
  step(
    'resume',
    'resumeRecallDrills',
    'Let drills be due again',
    'Those that were missed are not made up for.',
    async (api, known) => {
      await resumeClock(api, known);
      await setPaused(api, known, false);
    },
  ),
  step(
    'fire',
    'fireRecallDrill',
    'Have a drill take place now',
    'Also while the schedule is paused; where one still runs, after that.',
    fireClock,
  ),
  deleteDrillSchedule,
];

/** @throws {Problem} 404 where there is none, or no more */
async function knownSchedule({ db }: Api, id: string): Promise<RecallDrillSchedule> {
  const row = await db.recallDrillSchedule.findUnique({ where: { id } });
  if (row === null || row.deletedAt !== null) throw scheduleNotFound(id);
  return row;
}

export const scheduleNotFound = (id: string): Problem =>
  new Problem(
    404,
    'drill_schedule_not_found',
    `there is no schedule ${id} of recall drills; see GET /v1/recall-drills`,
  );

const shown = ({ id, sku, lot, deletedAt: _, ...row }: RecallDrillSchedule): z.infer<typeof DrillScheduleBody> =>
  DrillScheduleBody.parse({
    schedule: id,
    ...row,
    goods: sku === null || lot === null ? null : { sku, lot },
    createdAt: row.createdAt.toISOString(),
  });
