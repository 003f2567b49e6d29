import { expect, test } from 'vitest';
import { replayAll } from '../workflows/history.ts';
import { seededContact } from '../workflows/orders.ts';
import { skippingTime } from '../workflows/servers.ts';
import { aWorld } from '../workflows/world.ts';
import { recallScenarios } from './recall-scenarios.ts';
import { inTheOpen, played, readRecordings, version } from './recordings.ts';
import { scenarios } from './scenarios.ts';

/** Each scenario runs live without a cache, so that every task replays its run; recordings are replayed with the code as it is. */
const world = aWorld({ server: skippingTime, maxCachedWorkflows: 0 });

test.each(scenarios)('$name runs without a cache', async ({ name, sale, play }) => {
  await played(world(), name, async () => {
    const its = await world().aReturn(sale);
    await play(its, world());
    await its.until((state) => state.phase === 'closed');
    await its.closed();
  });
});

test('every scenario is recorded, and every recording has its scenario', async () => {
  const recorded = (await readRecordings()).filter((each) => each.version === version).map((each) => each.scenario);
  expect(recorded.toSorted()).toEqual([...scenarios, ...recallScenarios].map(({ name }) => name).toSorted());
});

test.each([500, 0])('recordings replay with a cache of %d', async (maxCachedWorkflows) => {
  const runs = (await readRecordings()).flatMap((each) => each.runs);
  expect(await replayAll(world().bundle, runs, maxCachedWorkflows)).toEqual([]);
});

test('recordings hold no personal data', async () => {
  const personal = [...Object.values(seededContact), 'stores.example', 'S-L-'];
  for (const each of await readRecordings()) {
    const text = inTheOpen(each);
    expect(text).toMatch(/KETTLE|"RC-/);
    expect(personal.filter((string) => text.includes(string))).toEqual([]);
    // A label's address would show who sends it.
    expect(text).not.toMatch(/https?:/);
  }
});
