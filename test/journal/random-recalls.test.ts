import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { recallAttention } from '../../domain/recall/attention.ts';
import type { RecallCommand } from '../../domain/recall/commands.ts';
import type { Answer } from '../../domain/recall/response.ts';
import { defaultStrategy, effectivenessLevels, hazardClasses } from '../../domain/recall/terms.ts';
import { makeConsignees, shipLot } from '../../local/synthetic-consignees.ts';
import { type Chance, chanceOf } from './random-lives.ts';
import { RecallLife } from './recall-life.ts';
import { brokenBy } from './recall-rules.ts';
import { aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

const PAIRS = 20;
const STEPS = 220;
/** How many consignees have each lot: those of a smaller one have the larger ones too. */
const SIZES = [6, 13];

const lotOf = (sku: string, consignees: number): string => `${sku}-${consignees}`;
const someLot = ({ sku }: RecallLife, chance: Chance): string => lotOf(sku, chance.one(SIZES));

test('whatever recalls of the same goods are told, nobody is written to who mustn’t be, and rows follow from the journal', async () => {
  const world = await aJournal();
  const { pool } = world;
  await aSale(pool);
  await makeConsignees(pool, Math.max(...SIZES));
  const broken: string[] = [];
  const ends = new Map<string, number>();
  await Promise.all(
    Array.from({ length: PAIRS }, async (_, seed) => {
      const chance = chanceOf(seed + 1);
      // Some pairs are of the same goods: only one of them may hold these.
      const skus = seed % 3 === 0 ? [`S-${seed}`, `S-${seed}`] : [`S-${seed}`, `T-${seed}`];
      for (const sku of new Set(skus)) await shipLots(pool, sku);
      const lives = skus.map((sku, index) => new RecallLife(world, `RC-${seed}-${index}`, sku, chance));
      for (const life of lives) await draft(life, chance);
      try {
        for (let step = 0; step < STEPS; step += 1) {
          const life = chance.one(lives);
          await someStep(pool, life, chance);
          if (step % 5 > 0) continue;
          broken.push(...(await brokenBy(pool, life.number, 'always')).map((rule) => `${life.number} ${step} ${rule}`));
        }
        for (const life of lives) {
          const { outcome, status } = life.opened;
          ends.set(outcome ?? status, (ends.get(outcome ?? status) ?? 0) + 1);
          broken.push(...life.wrongLetters.map((letter) => `${life.number} ${letter}`));
          if (status !== 'closed' && status !== 'completed') continue;
          await life.comeToRest();
          broken.push(...(await brokenBy(pool, life.number, 'atTheEnd')).map((rule) => `${life.number} ${rule}`));
        }
      } catch (error) {
        broken.push(`${skus}: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }),
  );
  expect(broken).toEqual([]);
  expect((await rebuildAll(pool)).differences).toEqual([]);
  // Enough of them came to each end for this to mean anything.
  for (const end of ['terminated', 'withdrawn', 'completed', 'cancelled'])
    expect(ends.get(end) ?? 0, end).toBeGreaterThan(0);
  expect(await value(pool, `SELECT count(*)::int FROM notices WHERE state = 'sent'`)).toBeGreaterThan(120);
  for (const kind of ['reminder', 'escalation', 'amended', 'withdrawn', 'terminated']) {
    expect(await value(pool, 'SELECT count(*)::int FROM notices WHERE kind = $1', [kind]), kind).toBeGreaterThan(3);
  }
  expect(await value(pool, 'SELECT count(*)::int FROM recall_responses')).toBeGreaterThan(20);
  expect(await value(pool, 'SELECT count(*)::int FROM recall_confirmations')).toBeGreaterThan(20);
});

async function shipLots(pool: Pool, sku: string): Promise<void> {
  for (const consignees of SIZES) {
    const lot = lotOf(sku, consignees);
    await shipLot(pool, { sku, lot, facility: 'RC-1', consignees, unitsEach: 2, onHand: 3 });
  }
}

async function draft(life: RecallLife, chance: Chance): Promise<void> {
  await life.draft(someLot(life, chance), {
    kind: 'recall',
    hazardClass: chance.one([...hazardClasses, null]),
    depth: chance.often(0.9) ? 'retail' : 'wholesale',
    mandated: false,
    mock: chance.often(0.15),
    strategy: {
      ...defaultStrategy,
      perMinute: 600_000,
      window: 1 + chance.below(3),
      waveSize: 2 + chance.below(4),
      effectiveness: chance.one(['A', 'C', 'E']),
    },
  });
}

async function someStep(pool: Pool, life: RecallLife, chance: Chance): Promise<void> {
  const { status } = life.opened;
  if (status === 'drafted' && chance.often(0.5))
    await life.send(chance.often(0.08) ? { type: 'cancel', note: null } : { type: 'launch' });
  else if (chance.often(0.7)) await life.goOn();
  else if (chance.often(0.2)) life.skip(chance.one([1, 13, 25, 80]));
  else if (chance.often(0.35)) await someAnswer(pool, life, chance);
  else if (chance.often(0.25)) await someCount(pool, life, chance);
  else await life.send(await someCommand(life, chance));
}

/** Some command that could come then, sensible or not. What ends a recall is rare, so that it lives. */
async function someCommand(life: RecallLife, chance: Chance): Promise<RecallCommand> {
  const { scopeVersion, attention, paused, waves, status } = life.opened;
  const commands: readonly (() => RecallCommand | Promise<RecallCommand>)[] = [
    () => ({ type: 'launch' }),
    () => ({ type: chance.often(0.9) === paused ? 'resume' : 'pause' }),
    ...(paused ? [() => ({ type: 'resume' }) as const, () => ({ type: 'resume' }) as const] : []),
    () => ({ type: 'change_rate', perMinute: chance.one([0, 60_000, 600_000]) }),
    () => ({ type: 'set_class', hazardClass: chance.one(hazardClasses) }),
    () => ({ type: 'draw_checks' }),
    () => ({ type: 'set_effectiveness', effectiveness: chance.one(effectivenessLevels), checkShare: null }),
    () => ({ type: 'estimate_completion', on: chance.one([null, '2027-04-01']) }),
    () => ({ type: 'report_wave', wave: waves.planned + 3, report: 'ended', silent: 1, undeliverable: 1 }),
    async () => {
      const version = scopeVersion + (chance.often(0.8) ? 1 : 0);
      if (version > scopeVersion) await life.widen(version, someLot(life, chance));
      return { type: status === 'drafted' ? 'revise' : 'widen', scopeVersion: version };
    },
    () => {
      const [open] = Object.values(attention);
      return open === undefined
        ? { type: 'sync' }
        : {
            type: 'resolve',
            attention: open.attention,
            resolution: chance.one(recallAttention[open.reason]),
            note: 'n',
          };
    },
    // Whoever was told everybody is mostly there to complete it.
    ...(status === 'notified' ? [() => ({ type: 'complete', note: 'n' }) as const] : []),
    ...(status === 'completed' ? [() => ({ type: 'terminate', notice: chance.often(0.7) }) as const] : []),
    () => ({ type: 'complete', open: { checks: chance.below(2), units: 0 }, note: chance.one([null, 'n']) }),
    () => (chance.often(0.6) ? { type: 'terminate' } : { type: 'sync' }),
    () => (chance.often(0.35) ? { type: 'withdraw', note: 'n' } : { type: 'sync' }),
    () => (chance.often(0.3) ? { type: 'cancel', note: null } : { type: 'sync' }),
  ];
  return chance.one(commands)();
}

/** A consignee of a recall says what became of what it got, sometimes of more than that. */
async function someAnswer(pool: Pool, life: RecallLife, chance: Chance): Promise<void> {
  const { rows } = await pool.query<{ consignee: string; sku: string; lot: string | null; got: number }>(
    `SELECT consignee, sku, lot, traced + possible AS got FROM recall_positions WHERE recall = $1 AND consignee IS NOT NULL
      ORDER BY consignee, sku, lot`,
    [life.number],
  );
  if (rows.length === 0) return;
  const { consignee } = chance.one(rows);
  const answers = rows
    .filter((row) => row.consignee === consignee)
    .map(({ sku, lot, got }): Answer => {
      const held = chance.below(got + 1);
      const soldOn = chance.often(0.1) ? got : chance.below(got - held + 1);
      return {
        ...{ sku, lot, held, soldOn, returned: 0, destroyed: 0, corrected: 0, consumed: 0 },
        ...{ passedOn: null, proof: null },
      };
    });
  await life.answer(consignee, answers);
}

/** A facility counts goods of a recall, mostly as the books have them; or a person settles a count that differs. */
async function someCount(pool: Pool, life: RecallLife, chance: Chance): Promise<void> {
  const { rows } = await pool.query<{ facility: string; lot: string; traced: number; found: number; differs: boolean }>(
    `SELECT facility, lot, traced, coalesce(found, 0) AS found, differs FROM recall_positions WHERE recall = $1 AND consignee IS NULL
      ORDER BY facility, lot`,
    [life.number],
  );
  const differing = rows.filter(({ differs }) => differs);
  if (differing.length > 0 && chance.often(0.5)) {
    const { facility, lot, found } = chance.one(differing);
    const resolution = chance.one(['accept', 'count_again'] as const);
    await life.settle(facility, { sku: life.sku, lot, found, resolution });
    return;
  }
  const { facility, lot, traced } =
    rows.length === 0 ? { facility: 'RC-1', lot: someLot(life, chance), traced: 0 } : chance.one(rows);
  const found = chance.often(0.6) ? traced : chance.below(6);
  const elsewhere = chance.often(0.2) ? [{ sku: life.sku, lot: someLot(life, chance), found: 1, location: 'B' }] : [];
  await life.count(facility, [
    { sku: life.sku, lot, found, location: 'A' },
    ...elsewhere.filter((count) => count.lot !== lot),
  ]);
}
