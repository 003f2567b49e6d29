import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Store } from './store.ts';

const rate = z.number().min(0).max(1);

const callFaults = z.strictObject({
  /** Share of calls answered with `errorStatus` before anything happened. */
  errorRate: rate.optional(),
  /** @default 503. 502 comes as a gateway's HTML page. */
  errorStatus: z.number().int().min(400).max(599).optional(),
  /** Share of calls that are never answered, without an effect. */
  timeoutBeforeEffectRate: rate.optional(),
  /** Share of calls whose effect is stored and that are then never answered. */
  timeoutAfterEffectRate: rate.optional(),
  /** Every call waits this long before it is worked on. */
  slowMs: z.number().int().min(0).max(120_000).optional(),
  /** Only these operations; all when absent. */
  only: z.array(z.string()).optional(),
  /** Only the next N calls; without a bound when absent. */
  forNext: z.number().int().min(0).optional(),
});

/** What the sandbox does wrong on purpose. */
export const faultsSchema = z.strictObject({
  seed: z.number().int().optional(),
  carrier: callFaults.optional(),
  payment: callFaults.optional(),
  webhooks: z
    .strictObject({
      /** How often each event is sent. @default 1 */
      duplicate: z.number().int().min(1).max(10).optional(),
      /** Each sending waits a time of its own and order is not kept. */
      shuffle: z.boolean().optional(),
      /** The longest such wait. @default 2000 */
      shuffleMs: z.number().int().min(1).max(60_000).optional(),
      /** Share of events that are never sent. */
      dropRate: rate.optional(),
    })
    .optional(),
  /** Share of parcels that get a first scan and no more. */
  lostParcels: rate.optional(),
  /** Share of pickups whose driver leaves without the parcel (when parcels move by themselves). */
  failedPickups: rate.optional(),
});
export type Faults = z.infer<typeof faultsSchema>;

export type Vendor = 'carrier' | 'payment';
export type Fate = { slowMs: number; errorStatus: number | null; silent: 'before' | 'after' | null };

/**
 * Decides by hash of seed, operation, reference and how often that was called before: the same run meets the same
 * faults whatever its calls' interleaving, and a retry meets a fresh decision.
 */
export function createFaults(store: Store, seed: number) {
  const count = store.db.prepare(`
    insert into calls (operation, subject, count) values (?, ?, 1)
    on conflict do update set count = count + 1 returning count`);
  const current = (): Faults => faultsSchema.parse(store.setting('faults') ?? {});

  function chance(faults: Faults, ...what: (string | number)[]): number {
    const hash = createHash('sha256').update([faults.seed ?? seed, ...what].join('|'));
    return hash.digest().readUInt32BE(0) / 2 ** 32;
  }

  return {
    current,
    set: (faults: Faults): void => store.setSetting('faults', faults),
    /** Whether something of this share happens to this subject: the same answer each time. */
    happens(share: number | undefined, what: string, subject: string | number): boolean {
      return share !== undefined && share > 0 && chance(current(), what, subject) < share;
    },
    /** A repeatable number from 0 to 1. */
    number: (what: string, subject: string | number): number => chance(current(), what, subject),
    fate(vendor: Vendor, operation: string, subject: string): Fate {
      const clear: Fate = { slowMs: 0, errorStatus: null, silent: null };
      const faults = current();
      const mine = faults[vendor];
      if (mine === undefined || (mine.only !== undefined && !mine.only.includes(operation))) return clear;
      if (mine.forNext !== undefined) {
        if (mine.forNext === 0) return clear;
        this.set({ ...faults, [vendor]: { ...mine, forNext: mine.forNext - 1 } });
      }
      const nth = Number(count.get(operation, subject)?.['count']);
      const hits = (share: number | undefined, what: string): boolean =>
        share !== undefined && chance(faults, what, operation, subject, nth) < share;
      return {
        slowMs: mine.slowMs ?? 0,
        errorStatus: hits(mine.errorRate, 'error') ? (mine.errorStatus ?? 503) : null,
        silent: hits(mine.timeoutBeforeEffectRate, 'before')
          ? 'before'
          : hits(mine.timeoutAfterEffectRate, 'after')
            ? 'after'
            : null,
      };
    },
  };
}
export type FaultBook = ReturnType<typeof createFaults>;
