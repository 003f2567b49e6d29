/** The entry under an id that came from outside; never something that every object inherits, such as `constructor`. */
export function find<T>(records: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(records, id) ? records[id] : undefined;
}
