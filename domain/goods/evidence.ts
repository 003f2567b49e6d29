import type { VetoCode } from './disposition.ts';

/** How media are sanitised, weakest first (NIST SP 800-88 Rev. 1, section 2.5). */
export const wipeMethods = ['clear', 'purge', 'destroy'] as const;
export type WipeMethod = (typeof wipeMethods)[number];

/**
 * What lifts a veto: a document about the goods, by its number. Devices are named by their serials, those too that were
 * not booked in with one; a recall is lifted for all of an item's units.
 */
export type Evidence =
  | {
      readonly kind: 'data_wiped';
      readonly certificate: string;
      readonly serials: readonly string[];
      readonly method: WipeMethod;
      /** What it was wiped with: a code. */
      readonly tool: string;
      /** The owner's recorded consent, by its number; needed where the device goes back to its owner. */
      readonly consent?: string;
    }
  | { readonly kind: 'activation_unlocked'; readonly certificate: string; readonly serials: readonly string[] }
  | { readonly kind: 'recall_lifted'; readonly certificate: string };

const evidenceKinds = [
  'data_wiped',
  'activation_unlocked',
  'recall_lifted',
] as const satisfies readonly Evidence['kind'][];

/** What an inspector saw of a device beside its condition. Data that are seen after a wipe disprove its certificate. */
export const deviceFindings = ['data_present', 'activation_locked'] as const;
export type DeviceFinding = (typeof deviceFindings)[number];

/** The veto that a kind of evidence lifts. */
const lifts = {
  data_wiped: 'data_not_wiped',
  activation_unlocked: 'activation_locked',
  recall_lifted: 'recalled',
} as const satisfies Record<Evidence['kind'], VetoCode>;

/** What a finding disproves. */
const disproved: Readonly<Record<DeviceFinding, Evidence['kind']>> = {
  data_present: 'data_wiped',
  activation_locked: 'activation_unlocked',
};

/** Units of one item, of which some or all are known by serials. */
type Units = { readonly quantity: number; readonly serials: readonly string[] };

/** The vetoes that evidence lifts from units: of devices only where it names as many as there are, and every known one. */
export function liftedBy(evidence: readonly Evidence[], { quantity, serials }: Units): VetoCode[] {
  return evidenceKinds
    .filter((kind) => {
      const ofKind = evidence.filter((each) => each.kind === kind);
      if (kind === 'recall_lifted') return ofKind.length > 0;
      const named = new Set(ofKind.flatMap((each) => ('serials' in each ? each.serials : [])));
      return named.size >= quantity && serials.every((serial) => named.has(serial));
    })
    .map((kind) => lifts[kind]);
}

/**
 * The evidence that goes with some of an item's units: all where it speaks for the whole item, else what names units that
 * are among them; without what was found to be otherwise.
 */
export function evidenceFor(
  evidence: readonly Evidence[],
  whole: Units,
  serials: readonly string[],
  found: readonly DeviceFinding[],
): readonly Evidence[] {
  const lifted = liftedBy(evidence, whole);
  return evidence.flatMap((each): Evidence[] => {
    if (found.some((finding) => disproved[finding] === each.kind)) return [];
    if (!('serials' in each) || lifted.includes(lifts[each.kind])) return [each];
    const named = each.serials.filter((serial) => serials.includes(serial));
    return named.length === 0 ? [] : [{ ...each, serials: named }];
  });
}
