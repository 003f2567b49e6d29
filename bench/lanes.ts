/** So many callers at once. */
const lanes = 32;

/** Does something so many times, some at once. */
export async function inLanes<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let started = 0;
  const lane = async () => {
    while (started < count) {
      started += 1;
      results.push(await work());
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
