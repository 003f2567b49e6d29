import { atLeast, atMost, type Target } from '../report.ts';
import { rounded } from '../statistics.ts';
import type { RecallMeasured } from './recall.ts';

export type RecallReport = {
  /** The consignees were made for this measurement. */
  readonly synthetic: true;
  readonly consignees: number;
  /** From the launch until all were written to. */
  readonly minutes: number;
  /** Consignees a second, engine to twin. */
  readonly throughputRatio: number;
  /** Billable actions a consignee before anybody has answered. */
  readonly actionsPerConsignee: number;
  /** Resident memory of the worker after the large recall over that after the small one, less 1. */
  readonly rssGrowth: number;
  readonly biggestHistoryEvents: number;
  readonly targets: Readonly<Record<string, Target>>;
};

export function reportRecall({ large, small, billed, steering, twin }: RecallMeasured): RecallReport {
  const figures = {
    consignees: large.consignees,
    minutes: rounded(large.seconds / 60),
    throughputRatio: rounded(large.perSecond / twin.perSecond),
    actionsPerConsignee: rounded(billed.actions / large.consignees),
    rssGrowth: rounded(large.rssBytes / small.rssBytes - 1),
    biggestHistoryEvents: Math.max(billed.campaignEvents, billed.waveEvents),
  };
  const { rateSeconds, pauseSeconds, resumeSeconds } = steering;
  return {
    synthetic: true,
    ...figures,
    targets: {
      minutes: atMost(10, figures.minutes),
      throughputRatio: atLeast(10, figures.throughputRatio),
      actionsPerConsignee: atMost(0.05, figures.actionsPerConsignee),
      rssGrowth: atMost(0.1, figures.rssGrowth),
      steeringSeconds: atMost(5, Math.max(rateSeconds, pauseSeconds, resumeSeconds)),
    },
  };
}
