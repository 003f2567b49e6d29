type Shared = { readonly value: Promise<unknown>; users: number };

declare global {
  var homewardTestServers: Map<string, Shared> | undefined;
}
globalThis.homewardTestServers ??= new Map();
const started = globalThis.homewardTestServers;

/**
 * One server for all projects of a test run: vitest loads the setup files of each project apart, but in one process.
 *
 * @returns what the first caller started, and what to call at the end; the last to call it stops the server
 */
export async function shared<T>(
  name: string,
  start: () => Promise<T>,
  stop: (value: T) => Promise<void>,
): Promise<{ readonly value: T; readonly release: () => Promise<void> }> {
  const entry = started.get(name) ?? { value: start(), users: 0 };
  started.set(name, entry);
  entry.users += 1;
  const value = (await entry.value) as T;
  return {
    value,
    release: async () => {
      entry.users -= 1;
      if (entry.users > 0) return;
      started.delete(name);
      await stop(value);
    },
  };
}
