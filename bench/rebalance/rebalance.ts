import { loadavg } from 'node:os';
import { loadSolver } from '../../activities/rebalances/highs.ts';
import { flawsOf } from '../../domain/rebalance/plan/check.ts';
import { costOf } from '../../domain/rebalance/plan/cost.ts';
import { makePlan } from '../../domain/rebalance/plan/make-plan.ts';
import { rounded } from '../statistics.ts';
import { makeChain } from './chain.ts';

type Size = { readonly skus: number; readonly facilities: number };

/** From what one program holds to a chain of fifty places. */
export const chainSizes: readonly Size[] = [
  { skus: 50, facilities: 10 },
  { skus: 500, facilities: 30 },
  { skus: 2_000, facilities: 50 },
];

export type RebalanceFigures = Size & {
  readonly seconds: number;
  /** What the plan leaves of what could be saved at most, as a share of that. */
  readonly gap: number;
  /** The same against what the plan costs, ways and what stays missing: the stricter measure. */
  readonly costGap: number;
  readonly costRatioToGreedy: number;
  readonly moves: number;
  readonly units: number;
  readonly rssMegabytes: number;
};

/**
 * Plans chains of several sizes, in this process.
 *
 * @throws where a plan breaks a rule: then no figure counts
 */
export async function measureRebalance(sizes: readonly Size[], log: (line: string) => void) {
  const solve = await loadSolver();
  const measured: RebalanceFigures[] = [];
  for (const size of sizes) {
    const network = makeChain(size.skus, size.facilities, 1);
    const start = performance.now();
    const { moves, cost, bound, greedy } = makePlan(network, solve);
    const seconds = (performance.now() - start) / 1_000;
    const [flaw] = flawsOf(network, moves);
    if (flaw !== undefined) throw new Error(`the plan breaks a rule: ${flaw.code} ${flaw.subject}`);
    const nothing = costOf(network, []).total;
    const figures = {
      ...size,
      seconds: rounded(seconds),
      gap: share(cost - bound, nothing - bound),
      costGap: share(cost - bound, cost),
      costRatioToGreedy: share(cost, greedy),
      moves: moves.length,
      units: moves.reduce((sum, { quantity }) => sum + quantity, 0),
      rssMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
    };
    log(JSON.stringify(figures));
    measured.push(figures);
  }
  return { synthetic: true, ...measured.at(-1), sizes: measured, loadAverage: rounded(loadavg()[0] ?? Number.NaN) };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000);
