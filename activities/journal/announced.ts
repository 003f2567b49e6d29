import { ofCertifiedDisposal, ofLiquidation, ofRefurbishment, ofVendorReturn } from './announced/executions.ts';
import { ofLoan, ofRebalance, ofTransfer, ofTrip } from './announced/network.ts';
import { ofRecall } from './announced/recalls.ts';
import { ofDelivery, ofReturn } from './announced/returns.ts';
import type { JournalKind } from './port.ts';
import { kindOf, numberOf } from './process.ts';

/** What is told of each kind of process, by its name in the journal; a return is known by its RMA. */
const announcements: Readonly<Record<string, { readonly name: string; readonly announced: ReadonlySet<string> }>> = {
  return: { name: 'return', announced: ofReturn },
  'vendor-return': { name: 'vendor_return', announced: ofVendorReturn },
  delivery: { name: 'delivery', announced: ofDelivery },
  liquidation: { name: 'liquidation', announced: ofLiquidation },
  'certified-disposal': { name: 'certified_disposal', announced: ofCertifiedDisposal },
  refurbishment: { name: 'refurbishment', announced: ofRefurbishment },
  recall: { name: 'recall', announced: ofRecall },
  loan: { name: 'loan', announced: ofLoan },
  transfer: { name: 'transfer', announced: ofTransfer },
  trip: { name: 'trip', announced: ofTrip },
  rebalance: { name: 'rebalance', announced: ofRebalance },
};

/** A row of the outbox; the event's id outside is `process:version:seq`. */
export type Announcement = {
  readonly version: number;
  readonly seq: number;
  readonly event_type: string;
  readonly payload: Readonly<Record<string, unknown>>;
};

function namedAs(kind: string, number: string): Readonly<Record<string, string>> {
  if (kind === 'return') return { rma: number };
  return kind === 'delivery' ? { tracking: number } : { number };
}

/**
 * What is told of the events of one journal row. Facts and policy stay inside: they are long, and nobody else's.
 *
 * @param about of a gift each says so, as who gave it isn't told
 */
export function announcementsOf(
  process: string,
  version: number,
  at: string,
  events: readonly JournalKind['event'][],
  about: { readonly gift?: true } = {},
): Announcement[] {
  const number = numberOf(process);
  const kind = announcements[kindOf(process)];
  if (kind === undefined) return [];
  const named = namedAs(kind.name, number);
  return events.flatMap((event, seq) => {
    if (!kind.announced.has(event.type)) return [];
    const { type, ...data } = event.type === 'requested' ? { type: event.type, request: event.request } : event;
    return [{ version, seq, event_type: `${kind.name}.${type}`, payload: { ...named, ...about, at, ...data } }];
  });
}
