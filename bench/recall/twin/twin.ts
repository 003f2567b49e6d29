import { setTimeout as sleep } from 'node:timers/promises';
import { withLeg } from '../../leg.ts';
import { checkLetters } from '../letters.ts';
import { TWIN_TABLES } from './activities.ts';
import type { NaiveRecall } from './workflow.ts';

export type TwinFigures = { readonly consignees: number; readonly seconds: number; readonly perSecond: number };

const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 1_800_000;

/** Launches the naive twin to so many consignees, after a first few that count for nothing. */
export function measureTwin(
  sizes: { readonly warmUp: number; readonly consignees: number },
  log: (line: string) => void,
): Promise<TwinFigures> {
  return withLeg({ side: 'twin', subject: 'recall', sales: 0, log }, async (leg) => {
    await leg.pool.query(TWIN_TABLES);
    const launch = async (recall: string, consignees: number): Promise<number> => {
      await leg.pool.query(
        `INSERT INTO twin_consignees (recall, consignee, email, sku, lot, quantity)
          SELECT $1, 'SYN-' || n, 'store' || n || '@synthetic.invalid', 'SYN-KETTLE', $1, 2 FROM generate_series(1, $2::int) AS n`,
        [recall, consignees],
      );
      const start = performance.now();
      const options = {
        workflowId: `naive:${recall}`,
        taskQueue: leg.taskQueue,
        args: [{ recall }] as [{ recall: string }],
      };
      await leg.client.workflow.start<typeof NaiveRecall>('NaiveRecall', options);
      for (const end = Date.now() + PATIENCE_MS; ; await sleep(LOOK_EVERY_MS)) {
        const { rows } = await leg.pool.query<{ message_id: string }>(
          'SELECT message_id FROM twin_notices WHERE recall = $1',
          [recall],
        );
        if (rows.length === consignees) {
          const seconds = (performance.now() - start) / 1_000;
          await checkLetters(
            leg,
            recall,
            consignees,
            rows.map(({ message_id: id }) => id),
          );
          return seconds;
        }
        if (Date.now() > end) throw new Error(`The twin has told ${rows.length} of ${consignees} consignees.`);
      }
    };
    await launch('NAIVE-WARM', sizes.warmUp);
    const seconds = await launch('NAIVE', sizes.consignees);
    const perSecond = sizes.consignees / seconds;
    log(`twin: ${sizes.consignees} consignees told in ${seconds.toFixed(1)} s, ${perSecond.toFixed(1)} a second`);
    return { consignees: sizes.consignees, seconds, perSecond };
  });
}
