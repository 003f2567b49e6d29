import type { Units } from '../../domain/goods/units.ts';

/** Units as PostgreSQL's int4multirange. */
export const multirange = (units: Units): string => `{${units.map(([from, to]) => `[${from},${to})`).join(',')}}`;

/** PostgreSQL's int4multirange, in its canonical form, as units. */
export const unitsOf = (text: string): Units =>
  Array.from(text.matchAll(/\[(\d+),(\d+)\)/g), (match) => [Number(match[1]), Number(match[2])] as const);
