/** A point on the map, in degrees of WGS 84: north and east are positive. */
export type Place = { readonly latitude: number; readonly longitude: number };

export const isSamePlace = (one: Place, other: Place): boolean =>
  one.latitude === other.latitude && one.longitude === other.longitude;

/** The mean radius of the earth, in metres (IUGG's R1). */
const radius = 6_371_009;

/** The great circle between two places in whole metres, by the haversine formula. */
export function metresBetween(one: Place, other: Place): number {
  const [north, east] = [radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)];
  const across = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude));
  const chord = Math.sin(north / 2) ** 2 + across * Math.sin(east / 2) ** 2;
  return Math.round(2 * radius * Math.asin(Math.min(1, Math.sqrt(chord))));
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
