import { expect, test } from 'vitest';
import type { Opened } from '../../domain/trip/state.ts';
import { aCandidate, point } from '../domain/trip/world.ts';
import { skippingTime } from './servers.ts';
import { aTrip } from './trips.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

const reasons = ({ attention }: Opened) =>
  Object.values(attention).map(({ reason, subject }) => `${reason} ${subject}`);
const asked = (reason: string, subject: string) => (now: Opened) => reasons(now).includes(`${reason} ${subject}`);

test('a stop that is missed is told, and what was to be collected there ends with a person where no trip passes', async () => {
  const its = await aTrip(world());
  const totes = { kind: 'packaging', candidate: 'packaging:7', reference: 'TOTES-7', carrierPrice: 9_000 } as const;
  await its.collects(aCandidate({ ...totes, place: point(12, 12) }));
  await world().skip('1 hour');
  await its.tell({ type: 'depart', at: its.shifted('2026-03-02T06:00:00.000Z') });
  await world().skip('2 hours');
  await its.until(asked('stop_late', 'T1'));
  await world().skip('1 day');
  const late = await its.until(asked('load_unplaced', 'L3'));
  expect(late.stops.map(({ state }) => state)).toEqual(['visited', 'missed', 'missed', 'missed', 'planned']);
  expect(reasons(late)).toEqual([`trip_return_late ${its.number}`, 'load_unplaced L3']);
  const resolve = async (reason: string, resolution: 'returned' | 'carrier' | 'acknowledge', subject: string) => {
    const { attention } = await its.until(asked(reason, subject));
    const open = Object.values(attention).find((each) => each.reason === reason && each.subject === subject);
    await its.tell({ type: 'resolve', attention: open?.attention ?? '', resolution, note: 'N' });
  };
  await resolve('load_unplaced', 'carrier', 'L3');
  await resolve('trip_return_late', 'returned', its.number);
  await resolve('load_brought_back', 'acknowledge', 'L1');
  await resolve('load_brought_back', 'acknowledge', 'L2');
  expect(await its.handle.result()).toEqual({ status: 'closed' });
});
