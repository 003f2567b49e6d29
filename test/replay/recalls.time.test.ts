import { test } from 'vitest';
import { skippingTime } from '../workflows/servers.ts';
import { aWorld } from '../workflows/world.ts';
import { recallScenarios } from './recall-scenarios.ts';
import { played } from './recordings.ts';

/**
 * With a cache: without one the time-skipping server refuses a task now and then where runs signal each other. That their histories
 * replay without a cache is shown with the recordings of all.
 */
const world = aWorld({ server: skippingTime });

test.each(recallScenarios)('$name', ({ name, play }) => played(world(), name, () => play(world())));
