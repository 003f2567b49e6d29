import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const Paid = z.array(z.object({ paymentIntent: z.string() }));
const Books = z.object({
  labels: z.record(z.string(), z.object({ bought: z.number(), voided: z.number() })),
  pickups: z.record(z.string(), z.object({ booked: z.number(), cancelled: z.number() })),
  refunds: z.record(
    z.string(),
    z.object({ count: z.number(), succeeded: z.number(), failed: z.number(), amount: z.number() }),
  ),
  /** How many references have more than one effect that stands. */
  duplicates: z.object({ labels: z.int(), pickups: z.int(), refunds: z.int(), claims: z.int() }),
});
const Mail = z.object({ received: z.array(z.object({ messageId: z.string(), to: z.string(), subject: z.string() })) });
const LastLetter = z.object({ letter: z.string().nullish() });
const MailCount = z.object({ received: z.int() });
const Opened = z.object({ id: z.string() });
const Deliveries = z.object({ deliveries: z.array(z.object({ state: z.string(), count: z.number() })) });

/** A letter that the mail server took. */
export type Letter = z.infer<typeof Mail>['received'][number];
/** What carrier and payment provider did, by our references. */
export type Books = z.infer<typeof Books>;
export type Move = 'scan' | 'pick_up' | 'deliver' | 'fail_attempt' | 'refuse' | 'return_to_sender';
/** An amount in minor units, paid under a reference of ours; the same reference is paid once. */
export type Paying = { readonly reference: string; readonly amount: number; readonly currency: string };

/** The hand that plays the outside world: the parcels' way, the payments, what goes wrong at the providers. */
export type SandboxHand = {
  /** @returns the provider's id of each payment, in their order */
  readonly pay: (payments: readonly Paying[]) => Promise<readonly string[]>;
  /** Follows a parcel whose label was bought elsewhere. */
  readonly follow: (tracking: string, carrier: string) => Promise<void>;
  readonly move: (label: string, move: Move) => Promise<void>;
  /** The driver came and found nobody. */
  readonly failPickup: (pickup: string) => Promise<void>;
  /** The buyer has the bank take a whole payment back, by its reference. @returns the provider's id of the dispute */
  readonly dispute: (payment: string) => Promise<string>;
  readonly closeDispute: (dispute: string, outcome: 'won' | 'lost') => Promise<void>;
  readonly fail: (faults: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly books: () => Promise<Books>;
  /** All letters that the mail server took, and how many. */
  readonly letters: () => Promise<readonly Letter[]>;
  /** The last letter to an address, as a reader sees it: its lines were broken up for the way. Null where none came. */
  readonly letterTo: (address: string) => Promise<string | null>;
  readonly countLetters: () => Promise<number>;
  /** Waits until every webhook was taken. @returns how many weren't in time */
  readonly delivered: (withinMs: number) => Promise<number>;
};

/**
 * The control of a sandbox by its address.
 * @throws what the sandbox answered, where it refuses
 */
export function sandboxHand(url: string): SandboxHand {
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/_sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`The sandbox answered ${response.status} to ${method} ${path}: ${await response.text()}`);
    return await response.json();
  }
  const open = async (): Promise<number> =>
    Deliveries.parse(await ask('GET', 'webhooks'))
      .deliveries.filter(({ state }) => state !== 'delivered')
      .reduce((sum, { count }) => sum + count, 0);
  return {
    pay: async (payments) => {
      if (payments.length === 0) return [];
      return Paid.parse(await ask('POST', 'payments', { payments })).map(({ paymentIntent }) => paymentIntent);
    },
    follow: async (tracking, carrier) => {
      await ask('POST', 'outbound', { tracking, carrier });
    },
    move: async (label, move) => {
      await ask('POST', `parcels/${encodeURIComponent(label)}/${move}`);
    },
    failPickup: async (pickup) => {
      await ask('POST', `pickups/${encodeURIComponent(pickup)}/attempt`, { outcome: 'failed' });
    },
    dispute: async (payment) =>
      Opened.parse(await ask('POST', `payments/${encodeURIComponent(payment)}/dispute`, {})).id,
    closeDispute: async (dispute, outcome) => {
      await ask('POST', `disputes/${encodeURIComponent(dispute)}/close`, { outcome });
    },
    fail: async (faults) => {
      await ask('PUT', 'faults', faults);
    },
    letters: async () => Mail.parse(await ask('GET', 'mail')).received,
    letterTo: async (address) => {
      const { letter } = LastLetter.parse(await ask('GET', `mail?to=${encodeURIComponent(address)}`));
      return letter?.replace(/=\r?\n/g, '').replaceAll('=3D', '=') ?? null;
    },
    countLetters: async () => MailCount.parse(await ask('GET', 'mail/count')).received,
    books: async () => Books.parse(await ask('GET', 'books')),
    delivered: async (withinMs) => {
      for (const end = Date.now() + withinMs; ; await sleep(250)) {
        const left = await open();
        if (left === 0 || Date.now() > end) return left;
      }
    },
  };
}
