import { Guide, type Return } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { sell } from './shop.ts';
import type { Stage } from './stage.ts';

/** Walks one story, on an order of its own. */
async function walk({ db, api, outside, colleague }: Stage, scenario: Scenario): Promise<Return> {
  console.log(`\n${scenario.title}`);
  const order = `DEMO-${Date.now().toString(36).toUpperCase()}`;
  await sell(db, outside, order, scenario.policy, scenario.goods, scenario.isUnsent);
  return await scenario.run(new Guide(api, (line) => console.log(`  ${line}`)), order, outside, colleague);
}

/** Each story with its timeline; the first that can't be told to its end is the last. */
export async function showEach(stage: Stage, chosen: readonly Scenario[]): Promise<void> {
  const returns: Record<string, unknown>[] = [];
  for (const scenario of chosen) {
    const its = await walk(stage, scenario);
    console.log('  timeline');
    for (const { at, sentence } of its.timeline) console.log(`    ${at.slice(11, 23)}  ${sentence}`);
    console.log(`  In the Temporal UI: ${its.links.temporal}`);
    const holds = scenario.holds(its);
    if (!holds) process.exitCode = 1;
    returns.push({ name: scenario.name, rma: its.rma, ...its.status, settled: its.settled.amount, holds });
  }
  console.log(`\n${JSON.stringify({ returns, allHold: returns.every(({ holds }) => holds === true) })}`);
}

/** All stories, each told to its end or to what stopped it. */
export async function showAll(stage: Stage, chosen: readonly Scenario[]): Promise<void> {
  const failed: string[] = [];
  for (const scenario of chosen) {
    try {
      const its = await walk(stage, scenario);
      console.log(`  In the Temporal UI: ${its.links.temporal}`);
      if (scenario.holds(its)) continue;
      console.log('  FAILED      it ended otherwise than it should');
    } catch (error) {
      console.log(`  FAILED      ${error instanceof Error ? error.message : String(error)}`);
    }
    failed.push(scenario.name);
  }
  if (failed.length > 0) {
    process.exitCode = 1;
    console.log(`\nFailed: ${failed.join(', ')}`);
  }
  const scenarios = chosen.length;
  console.log(`\n${JSON.stringify({ scenarios, held: scenarios - failed.length, failed: failed.length })}`);
}
