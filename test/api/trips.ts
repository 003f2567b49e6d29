import { expect } from 'vitest';
import { defaultTripTerms } from '../../domain/trip/terms.ts';
import type { Json, World } from './world.ts';

/** An instant so many minutes after six on the next morning. */
export const clock = (minutes: number): string => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return new Date(Date.parse(`${tomorrow}T06:00:00Z`) + minutes * 60_000).toISOString();
};

/** Says where the world's return centre lies, and what it takes in. */
export async function placeReturnCentre({ db }: World, receivingUnitsADay: number | null = null): Promise<void> {
  await db.facility.update({ where: { id: 'RC1' }, data: { latitude: 50, longitude: 8, receivingUnitsADay } });
}

/** A run from the return centre to a store 20 km north of it, with goods for the store. */
export const aTrip = (given: object = {}) => ({
  depot: 'RC1',
  vehicle: 'VAN-7',
  currency: 'EUR',
  departsAt: clock(0),
  returnsAt: clock(600),
  volumeLitres: 1_000,
  weightGrams: 500_000,
  stops: [{ latitude: 50.18, longitude: 8, opens: clock(0), closes: clock(180) }],
  loads: [{ reference: 'O-77', off: 1, volumeLitres: 600, weightGrams: 200_000, units: 40 }],
  terms: { ...defaultTripTerms },
  ...given,
});

export async function createTrip(world: World, given: object = {}): Promise<Json> {
  const made = await world.call('POST', '/v1/trips', aTrip(given), { as: 'ops' });
  expect(made.status, made.text).toBe(201);
  return made.body;
}
