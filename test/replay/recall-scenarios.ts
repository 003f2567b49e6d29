import { aRecall, lotsOf, ship, shipped, untilNotices } from '../workflows/recalls.ts';
import type { World } from '../workflows/world.ts';

/** A recall's life with those of its waves, recorded and replayed as those of returns are. It brings itself to its end. */
export type RecallScenario = { readonly name: string; readonly play: (world: World) => Promise<void> };

const stores = (count: number) => Array.from({ length: count }, () => 'store');

/** Between them they go through every effect, message and report of a recall, and every turn of a wave. */
export const recallScenarios: readonly RecallScenario[] = [
  {
    name: 'recall-in-two-waves-until-nobody-is-left',
    play: async (world) => {
      await shipped(world.pool, 'L-TWO-WAVES', ['store', 'unknown', 'store', 'store']);
      const its = await aRecall(world, lotsOf('KETTLE', 'L-TWO-WAVES'), { strategy: { waveSize: 2, window: 1 } });
      await its.tell({ type: 'launch' });
      await its.until(({ status }) => status === 'notified');
      for (const each of Object.values((await its.state()).attention)) {
        await its.tell({ type: 'resolve', attention: each.attention, resolution: 'acknowledge', note: 'N' });
      }
      await world.skip('49h');
      await world.skip('8d');
      await its.until(({ waves }) => waves.ended === 2);
      await its.tell({ type: 'estimate_completion', on: '2027-05-01' });
      await its.end({ notice: true });
    },
  },
  {
    name: 'recall-paused-resumed-and-steered',
    play: async (world) => {
      await shipped(world.pool, 'L-STEERED', stores(3));
      const its = await aRecall(world, lotsOf('KETTLE', 'L-STEERED'), { strategy: { waveSize: 2 } });
      await its.tell({ type: 'change_rate', perMinute: 6_000 });
      await its.tell({ type: 'launch' });
      await its.until(({ status }) => status === 'notified');
      await its.tell({ type: 'pause' });
      await its.until(({ changes, toldChanges }) => changes === toldChanges);
      await its.tell({ type: 'resume' });
      await its.until(({ changes, toldChanges }) => changes === toldChanges);
      await world.skip('49h');
      await untilNotices(world.pool, its.number, { 'initial sent': 3, 'reminder sent': 3 });
      await its.tell({ type: 'set_class', hazardClass: 'I' });
      await untilNotices(world.pool, its.number, { 'initial sent': 3, 'reminder sent': 6 });
      await its.tell({ type: 'set_effectiveness', effectiveness: 'C', checkShare: null });
      await its.until(({ draws }) => draws.made === 2);
      await its.end();
    },
  },
  {
    name: 'recall-widened-while-reminders-wait',
    play: async (world) => {
      await shipped(world.pool, 'L-WIDER-1', stores(2));
      const its = await aRecall(world, lotsOf('KETTLE', 'L-OTHER'));
      await its.widen(2, lotsOf('KETTLE', 'L-WIDER-1'));
      await its.tell({ type: 'revise', scopeVersion: 2 });
      await its.tell({ type: 'launch' });
      await its.until(({ status }) => status === 'notified');
      await world.skip('49h');
      await untilNotices(world.pool, its.number, { 'initial sent': 2, 'reminder sent': 2 });
      await shipped(world.pool, 'L-WIDER-2', stores(1));
      await ship(world.pool, 'KETTLE', 'L-WIDER-2', [{ id: 'S-L-WIDER-1-00001', address: '', language: 'en' }]);
      await its.widen(3, lotsOf('KETTLE', 'L-WIDER-1', 'L-WIDER-2'));
      await its.tell({ type: 'widen', scopeVersion: 3 });
      await its.until(({ status, plannedVersion }) => status === 'notified' && plannedVersion === 3);
      await its.tell({ type: 'draw_checks' });
      await its.until(({ draws }) => draws.made === draws.due);
      await its.end();
    },
  },
  {
    name: 'recall-withdrawn-after-its-waves-had-ended',
    play: async (world) => {
      await shipped(world.pool, 'L-WITHDRAWN', stores(2));
      const its = await aRecall(world, lotsOf('KETTLE', 'L-WITHDRAWN'));
      await its.tell({ type: 'launch' });
      await its.until(({ status }) => status === 'notified');
      await world.skip('8d');
      await its.until(({ waves }) => waves.ended === 1);
      await its.seeWaves();
      await its.tell({ type: 'withdraw', note: 'N' });
      await its.handle.result();
      await its.waveResult(1);
      await its.seeWaves();
    },
  },
  {
    name: 'recall-that-overlaps-and-is-called-off',
    play: async (world) => {
      await shipped(world.pool, 'L-HELD', stores(1));
      const first = await aRecall(world, lotsOf('KETTLE', 'L-HELD'));
      await first.tell({ type: 'launch' });
      await first.until(({ status }) => status === 'notified');
      const its = await aRecall(world, lotsOf('KETTLE', 'L-HELD'));
      await its.tell({ type: 'launch' });
      const { attention } = await its.until((state) => Object.keys(state.attention).length > 0);
      const [overlap = ''] = Object.keys(attention);
      await its.tell({ type: 'resolve', attention: overlap, resolution: 'retry', note: 'N' });
      await its.until((state) => Object.keys(state.attention).some((id) => id !== overlap));
      await its.tell({ type: 'cancel', note: null });
      await its.handle.result();
      await first.end();
    },
  },
  {
    name: 'recall-drill',
    play: async (world) => {
      await shipped(world.pool, 'L-DRILLED', stores(2));
      const its = await aRecall(world, lotsOf('KETTLE', 'L-DRILLED'), { mock: true });
      await its.tell({ type: 'launch' });
      await its.until(({ status }) => status === 'notified');
      await its.end();
    },
  },
];
