import { loadavg } from 'node:os';
import { makeConsignees } from '../../local/synthetic-consignees.ts';
import { recallWorkflowId } from '../../workflows/recall/messages.ts';
import { recallWaveWorkflowId } from '../../workflows/recall-wave/messages.ts';
import { watchPeaks } from '../bulk/peak.ts';
import { costOf } from '../cost.ts';
import type { Memory } from '../heaps.ts';
import { type Leg, withLeg } from '../leg.ts';
import { type Campaign, draftCampaign } from './campaign.ts';
import { checkLetters } from './letters.ts';
import { type Steering, steer } from './steer.ts';
import { measureTwin, type TwinFigures } from './twin/twin.ts';

/** One recall from its launch until all were written to. */
export type Launched = Memory & {
  readonly consignees: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Of these seconds: tracing and holding the goods, and putting consignees into waves. */
  readonly traceSeconds: number;
  readonly planSeconds: number;
  /** Most that the worker held meanwhile, in mebibytes; `rssBytes` is what it holds after a collection. */
  readonly peakMiB: number;
  /** Of the last minute, when all were written to: what else the machine did. */
  readonly loadAverage: number;
};

export type Billed = {
  readonly actions: number;
  readonly actionsByKind: Readonly<Record<string, number>>;
  readonly campaignEvents: number;
  readonly waveEvents: number;
};

export type RecallMeasured = {
  readonly small: Launched;
  readonly large: Launched;
  readonly billed: Billed;
  /** From `complete` until its waves had ended. */
  readonly completeSeconds: number;
  readonly steering: Steering;
  readonly twin: TwinFigures & { readonly loadAverage: number };
};

type Log = (line: string) => void;

/** More than any machine sends: what is measured is not the rate. */
const UNBOUND = 1_000_000;

/**
 * Measures a recall of so many consignees against the naive twin's of a thousand, each on a machine of its own making; all
 * consignees are synthetic.
 *
 * @throws where a consignee was forgotten or written to twice: then no figure counts
 */
export async function measureRecall(consignees: number, log: Log): Promise<RecallMeasured> {
  const small = Math.max(1, Math.floor(consignees / 10));
  const engine = await withLeg({ side: 'engine', subject: 'recall', sales: 0, api: true, log }, async (leg) => {
    const stop = new AbortController();
    const peaks = watchPeaks({ worker: leg.workerPid });
    try {
      await makeConsignees(leg.pool, consignees);
      log(`engine: ${consignees} synthetic consignees`);
      const draft = (lot: string, count: number, perMinute = UNBOUND) =>
        draftCampaign(leg, lot, count, perMinute, stop.signal);
      const launched = async (lot: string, count: number) => {
        const campaign = await draft(lot, count);
        peaks.taken();
        const figures = await launch(leg, campaign);
        const peakMiB = peaks.taken()['worker'] ?? Number.NaN;
        const memory = await leg.workerMemory();
        log(
          `engine: ${count} consignees told in ${figures.seconds.toFixed(1)} s, ${figures.perSecond.toFixed(0)} a second; ` +
            `${Math.round(memory.rssBytes / 2 ** 20)} MiB resident, ${peakMiB} at most`,
        );
        return { campaign, figures: { ...figures, ...memory, peakMiB } };
      };
      // As large as the small one: heaps and pools are as large as such a recall makes them before anything counts.
      await launched('SYN-WARM', small);
      const { figures: smaller } = await launched('SYN-SMALL', small);
      const { figures: larger, campaign } = await launched('SYN-LARGE', consignees);
      const billed = await billOf(leg, campaign);
      const completeSeconds = await complete(campaign);
      log(`engine: all waves had ended ${completeSeconds.toFixed(1)} s after it was completed`);
      const perMinute = Math.min(UNBOUND, consignees);
      const steering = await steer(leg, await draft('SYN-STEERED', consignees, perMinute), perMinute);
      log(`engine: steered, ${JSON.stringify(steering)}`);
      return { small: smaller, large: larger, billed, completeSeconds, steering };
    } finally {
      stop.abort();
      await peaks.stop();
    }
  });
  const twin = await measureTwin({ warmUp: Math.min(50, consignees), consignees: Math.min(1_000, consignees) }, log);
  return { ...engine, twin: { ...twin, loadAverage: loadNow() } };
}

async function launch(leg: Leg, campaign: Campaign) {
  const { number, consignees } = campaign;
  const start = performance.now();
  await campaign.post('launch');
  const row = await campaign.until(({ status }) => status === 'notified');
  const seconds = (performance.now() - start) / 1_000;
  const loadAverage = loadNow();
  const { rows } = await leg.pool.query<{ id: string }>(
    `SELECT message_id AS id FROM notices WHERE recall = $1 AND state = 'sent' AND kind = 'initial'`,
    [number],
  );
  await checkLetters(
    leg,
    number,
    consignees,
    rows.map(({ id }) => id),
  );
  const [traceSeconds, planSeconds] = [row.trace_seconds ?? Number.NaN, row.plan_seconds ?? Number.NaN];
  return { consignees, seconds, perSecond: consignees / seconds, traceSeconds, planSeconds, loadAverage };
}

/** What a recall has cost by the time that all were written to: its own runs and those of its waves. */
async function billOf({ client }: Leg, { number, until }: Campaign): Promise<Billed> {
  const { waves } = await until(() => true);
  const campaign = await costOf(client, recallWorkflowId(number));
  let { actions } = campaign;
  let waveEvents = 0;
  const actionsByKind: Record<string, number> = { ...campaign.actionsByKind };
  for (let wave = 1; wave <= waves; wave += 1) {
    const cost = await costOf(client, recallWaveWorkflowId(number, wave));
    actions += cost.actions;
    waveEvents = Math.max(waveEvents, cost.mostEvents);
    for (const [kind, times] of Object.entries(cost.actionsByKind)) {
      actionsByKind[kind] = (actionsByKind[kind] ?? 0) + times;
    }
  }
  return { actions, actionsByKind, campaignEvents: campaign.mostEvents, waveEvents };
}

/** Ends a recall: how long until nobody is left who could be written to. */
async function complete({ post, until }: Campaign): Promise<number> {
  const start = performance.now();
  await post('complete', { note: 'Nobody of a made-up campaign answers.' });
  await until(({ waves, waves_ended: ended }) => ended === waves);
  const seconds = (performance.now() - start) / 1_000;
  await post('terminate');
  return seconds;
}

const loadNow = (): number => Math.round((loadavg()[0] ?? Number.NaN) * 10) / 10;
