/** Sends the sandbox's control a command, and gives its answer. */
export type Control = (method: string, path: string, body?: unknown) => Promise<unknown>;

export function controlOf(sandboxUrl: string): Control {
  return async (method, path, body) => {
    const response = await fetch(`${sandboxUrl}/_sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`sandbox ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
}

/** What the sandbox's books say of one return, by the part of the reference after its number. */
export type Books = {
  readonly labels: Readonly<Record<string, { readonly bought: number; readonly voided: number }>>;
  readonly pickups: Readonly<Record<string, { readonly booked: number; readonly cancelled: number }>>;
  readonly refunds: Readonly<Record<string, { readonly count: number; readonly amount: number }>>;
  readonly claims: Readonly<Record<string, { readonly opened: number; readonly cancelled: number }>>;
};

/** Reads the books of one return. */
export async function booksOf(control: Control, rma: string): Promise<Books> {
  const books = (await control('GET', `books?prefix=${rma}`)) as Books;
  const short = <T>(entries: Readonly<Record<string, T>>, pick: (entry: T) => T): Record<string, T> =>
    Object.fromEntries(
      Object.entries(entries).map(([reference, entry]) => [reference.split(':').slice(1).join(':'), pick(entry)]),
    );
  return {
    labels: short(books.labels, ({ bought, voided }) => ({ bought, voided })),
    pickups: short(books.pickups, ({ booked, cancelled }) => ({ booked, cancelled })),
    refunds: short(books.refunds, ({ count, amount }) => ({ count, amount })),
    claims: short(books.claims, ({ opened, cancelled }) => ({ opened, cancelled })),
  };
}
