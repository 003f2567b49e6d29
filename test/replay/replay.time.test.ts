import { expect, test } from 'vitest';
import { historyOf, replayAll } from '../workflows/history.ts';
import { seededContact } from '../workflows/orders.ts';
import { skippingTime } from '../workflows/servers.ts';
import { aWorld } from '../workflows/world.ts';
import { inTheOpen, readRecordings, record, version } from './recordings.ts';
import { scenarios } from './scenarios.ts';

/**
 * Each scenario runs live without a cache, so that every task replays its run; recordings of it are replayed with the
 * code as it is. `HOMEWARD_RECORD=1 npm test -- test/replay` records this version's anew: on purpose, when a change of
 * the order of commands is meant and no return of the version is in flight.
 */
const recording = process.env['HOMEWARD_RECORD'] === '1';
const world = aWorld({ server: skippingTime, maxCachedWorkflows: 0 });

test.each(scenarios)('$name runs without a cache', async ({ name, sale, play }) => {
  const before = new Set(world().runs.keys());
  const its = await world().aReturn(sale);
  await play(its, world());
  await its.until((state) => state.phase === 'closed');
  await its.closed();
  if (!recording) return;
  const runs = [...world().runs].filter(([runId]) => !before.has(runId));
  await record(name, await Promise.all(runs.map(([runId, workflowId]) => historyOf(world().env, workflowId, runId))));
});

test('every scenario is recorded, and every recording has its scenario', async () => {
  const recorded = (await readRecordings()).filter((each) => each.version === version).map((each) => each.scenario);
  expect(recorded.toSorted()).toEqual(scenarios.map(({ name }) => name).toSorted());
});

test.each([500, 0])('recordings replay with a cache of %d', async (maxCachedWorkflows) => {
  const runs = (await readRecordings()).flatMap((each) => each.runs);
  expect(await replayAll(world().bundle, runs, maxCachedWorkflows)).toEqual([]);
});

test('recordings hold no personal data', async () => {
  const personal = Object.values(seededContact);
  for (const each of await readRecordings()) {
    const text = inTheOpen(each);
    expect(text).toContain('KETTLE');
    expect(personal.filter((string) => text.includes(string))).toEqual([]);
    // A label's address would show who sends it.
    expect(text).not.toMatch(/https?:/);
  }
});
