import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { DrillConfirmation, DrillScore } from '../../../domain/recall/drill.ts';
import { withClient } from '../../../prisma/client.ts';
import { escaped } from '../../notices/html.ts';
import type { NoticeChannel } from '../../notices/port.ts';
import type { RecallDrills } from './port.ts';

type Row = {
  readonly name: string;
  /** To whom nothing has been sent yet. */
  readonly untold: readonly string[];
  readonly recall: string;
  readonly sku: string;
  readonly lot: string;
  readonly overdue: boolean;
  readonly score: DrillScore;
};

/**
 * Writes to those who are to hear how a drill went, each under one message id. Who was written to is kept, so that another attempt is
 * for the others alone.
 *
 * @throws where somebody's mail server takes nothing now, once the others were written to
 */
export async function tellDrill(
  pool: Pool,
  channel: NoticeChannel,
  { run }: Parameters<RecallDrills['tellDrill']>[0],
): Promise<void> {
  const { rows } = await withClient(pool, (client) =>
    client.query<Row>(
      `SELECT s.name, ARRAY(SELECT unnest(s.tell) EXCEPT SELECT unnest(d.told)) AS untold, d.recall, d.sku, d.lot, d.overdue, d.score
        FROM recall_drills d JOIN recall_drill_schedules s ON s.id = d.schedule WHERE d.run = $1 AND d.state = 'scored'`,
      [run],
    ),
  );
  const [drill] = rows;
  if (drill === undefined) return;
  const subject = `Recall drill ${drill.recall}: ${percent(drill.score.total.share)} without a gap (${drill.name})`;
  const lines = linesOf(drill);
  const failed: string[] = [];
  for (const to of drill.untold) {
    const id = createHash('sha256').update(`drill\n${run}\n${to}`).digest('hex').slice(0, 40);
    const outcome = await channel.send({
      messageId: `<${id}@notices.homeward.invalid>`,
      to,
      subject,
      text: lines.join('\n'),
      html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>${lines.map((line) => `<p>${escaped(line)}</p>`).join('')}</body></html>`,
    });
    if (outcome.state === 'failed') failed.push(outcome.code);
    else await noteTold(pool, run, to);
  }
  if (failed.length > 0) throw new Error(`the drill's letter was not taken: ${failed.join(', ')}`);
}

const noteTold = (pool: Pool, run: string, to: string) =>
  withClient(pool, (client) =>
    client.query('UPDATE recall_drills SET told = array_append(told, $2) WHERE run = $1', [run, to]),
  );

const linesOf = ({ recall, sku, lot, overdue, score }: Row): readonly string[] => {
  const { traceMilliseconds, stopMilliseconds, notifyMilliseconds, total, byFacility } = score;
  return [
    `A drill: nothing was sent to any consignee, and no goods were held. ${recall} was about ${sku}, lot ${lot}.`,
    ...(overdue ? ['It was ended before everybody would have been written to.'] : []),
    `Traced in ${seconds(traceMilliseconds)}, stopped ${seconds(stopMilliseconds)} after its launch, everybody written to after ${seconds(notifyMilliseconds)}.`,
    `All facilities: ${total.sound} of ${total.units} units without a gap (${percent(total.share)}).`,
    ...byFacility.map(
      ({ facility, units, sound, share, confirmation }) =>
        `${facility ?? 'Facility not recorded'}: ${sound} of ${units} units without a gap (${percent(share)})${confirmedIn(confirmation ?? null)}.`,
    ),
    `All figures: GET /v1/recalls/${recall}/score`,
  ];
};

/** How a facility has confirmed what was stopped there. */
function confirmedIn(confirmation: DrillConfirmation | null): string {
  if (confirmation === null) return '';
  const { milliseconds, found, onBooks, differs } = confirmation;
  const when = milliseconds === null ? 'was not asked' : `confirmed after ${seconds(milliseconds)}`;
  const what = `${found ?? 0} units found, ${onBooks} on the books`;
  return confirmation.state === 'confirmed' ? `; ${when}${differs ? `, ${what}` : ''}` : `; never confirmed, ${what}`;
}

const seconds = (milliseconds: number | null): string =>
  milliseconds === null ? 'no time at all' : `${(milliseconds / 1_000).toFixed(1)} s`;
const percent = (share: number | null): string => (share === null ? 'nothing found' : `${(share / 100).toFixed(2)} %`);
