import { attemptPickup } from './easypost/pickups.ts';
import { type Move, moveParcel } from './easypost/trackers.ts';
import type { Sandbox } from './operation.ts';
import type { Document } from './store.ts';
import { turnRefund } from './stripe/refunds.ts';

const settleRefundsMs = 1_000;
/** In one transaction, so that the APIs keep answering meanwhile. */
const atOnce = 200;

/** The next thing that a carrier would report of a parcel that nothing goes wrong with. */
const following: Partial<Record<string, Move>> = {
  pre_transit: 'scan',
  in_transit: 'out_for_delivery',
  out_for_delivery: 'deliver',
};

/**
 * Time passing at the vendors: pending refunds settle, and with a pace set, parcels move one stage each so many
 * milliseconds. A parcel that waits for a driver moves through its pickup only.
 */
export function startAutopilot(sandbox: Sandbox) {
  const { store, faults } = sandbox;
  const pace = (): number | null => {
    const set = store.setting('autopilot');
    return typeof set === 'number' ? set : null;
  };

  /** Answers whether something was reported. */
  function advance(tracker: Document<'tracker'>): boolean {
    const shipment = store.byId('shipment', tracker.body.shipment_id);
    if (shipment === undefined || shipment.body.refund_status !== null) return false;
    if (tracker.body.status === 'pre_transit' && shipment.body.options['dropoff_type'] === 'SCHEDULED_PICKUP') {
      const pickup = store
        .byParent('pickup', shipment.id)
        .find(({ body, notes }) => body.status === 'scheduled' && notes.attempted === undefined);
      if (pickup === undefined || pickup.touched + (pace() ?? 0) > Date.now()) return false;
      const failed = faults.happens(faults.current().failedPickups, 'pickup', pickup.reference ?? pickup.id);
      return attemptPickup(sandbox, pickup.id, failed ? 'failed' : 'succeeded');
    }
    if (tracker.notes.lost === true && tracker.body.status !== 'pre_transit') return false;
    const move = following[tracker.body.status];
    return move !== undefined && moveParcel(sandbox, tracker.id, move);
  }

  const moving = store.db.prepare(`
    select id from documents indexed by documents_moving where kind = 'tracker' and touched <= ?
      and json_extract(body, '$.status') in ('pre_transit', 'in_transit', 'out_for_delivery')
    order by touched limit ${atOnce}`);
  const settling = store.db.prepare(`
    select id from documents indexed by documents_settling where kind = 'refund' and touched <= ?
      and json_extract(notes, '$.refunds') in ('pending', 'fail_later')
      and json_extract(body, '$.status')
        = case json_extract(notes, '$.refunds') when 'pending' then 'pending' else 'succeeded' end
    limit ${atOnce}`);

  function tick(): void {
    const ms = pace();
    store.transaction(() => {
      for (const { id } of settling.all(Date.now() - settleRefundsMs)) {
        const refund = store.byId('refund', String(id));
        turnRefund(sandbox, String(id), refund?.notes.refunds === 'fail_later' ? 'failed' : 'succeeded');
      }
      if (ms === null) return;
      for (const { id } of moving.all(Date.now() - ms)) {
        const tracker = store.byId('tracker', String(id));
        // One that waits is looked at again a stage later, so that it doesn't keep the others from their turn.
        if (tracker !== undefined && !advance(tracker)) store.update(tracker);
      }
    });
    timer = setTimeout(tick, Math.min(Math.max((ms ?? 1000) / 2, 20), 500));
  }
  let timer = setTimeout(tick, 20);

  return {
    set: (ms: number | null): void => store.setSetting('autopilot', ms),
    stop: (): void => clearTimeout(timer),
  };
}
export type Autopilot = ReturnType<typeof startAutopilot>;
