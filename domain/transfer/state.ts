import type { Currency } from '../money/money.ts';
import type { Attended } from '../process/attention.ts';
import type { GoodsOut } from '../return/exchange.ts';
import type { RecallsKnown } from '../return/recalled.ts';
import type { Instant } from '../time/duration.ts';
import type { TransferAttentionReason } from './attention.ts';
import type { HoldCause, Surplus, TransferOutcome } from './events.ts';
import type { TransferBy, TransferReason, TransferTerms } from './request.ts';

/** `cancelled`: nothing left the origin, whose stock has yet to hear that it keeps nothing for it. */
export const transferStatuses = [
  'requested',
  'short_of_stock',
  'reserved',
  'picked',
  'shipped',
  'receiving',
  'cancelled',
  'closed',
] as const;
export type TransferStatus = (typeof transferStatuses)[number];

/** A transfer as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type TransferState = { readonly status: 'initial' } | Opened;

export type Opened = Attended<TransferAttentionReason> & {
  readonly number: string;
  readonly status: TransferStatus;
  readonly from: string;
  readonly to: string;
  readonly reason: TransferReason;
  readonly plan: string | null;
  readonly by: TransferBy;
  readonly tracking: string | null;
  readonly shipBy: Instant;
  readonly arriveBy: Instant;
  readonly terms: TransferTerms;
  readonly currency: Currency | null;
  readonly lines: Readonly<Record<string, TransferLine>>;
  /** What the origin's stock keeps for it: it is asked; had too little; keeps it; is told that it needn't; knows. */
  readonly reservation: 'wanted' | 'short' | 'held' | 'releasing' | 'released';
  /** Whether less than all will do. */
  readonly partial: boolean;
  /** How often the stock was asked; part of the effect's id. */
  readonly tries: number;
  /** Why the stock has refused; null where it hasn't. */
  readonly shortage: string | null;
  /** Units weren't found where they were picked, and a person says what follows. */
  readonly isPickedShort: boolean;
  readonly lateness: Readonly<Record<'shipment' | 'arrival', Lateness>>;
  readonly shippedAt: Instant | null;
  /** What hasn't come goes back to where it left. */
  readonly turnedBack: boolean;
  /** Nothing more is expected. */
  readonly isLast: boolean;
  readonly receipts: number;
  /** What waits in quarantine where it came to. */
  readonly holds: Readonly<Record<string, Hold>>;
  readonly heldBack: number;
  /** What came beside the papers and nobody has decided about. */
  readonly surpluses: Readonly<Record<string, SurplusHere>>;
  readonly surplusesFound: number;
  readonly claims: Readonly<Record<string, Claim>>;
  /** What has yet to be counted in the stock of the place it came to. */
  readonly toStock: Readonly<Record<string, Arrival>>;
  readonly arrivals: number;
  /** What came beside the papers and has yet to leave the origin's count, by surplus. */
  readonly toCorrect: Readonly<Record<string, readonly GoodsOut[]>>;
  /** What the origin's count hadn't of that. */
  readonly countsDue: Readonly<Record<string, string>>;
  /** Absent where no recall has stopped any of its goods. */
  readonly recalls?: RecallsKnown;
  readonly disagreements: readonly string[];
  readonly outcome: TransferOutcome | null;
  readonly requestedAt: Instant;
  readonly closedAt: Instant | null;
};

/** A line; each shipped unit is in one of `received`, `held`, `disposedOf`, `lost`, `atOrigin`, or still on its way. */
export type TransferLine = {
  readonly line: string;
  readonly sku: string;
  readonly lot: string | null;
  readonly serials: readonly string[];
  readonly unitCost: number | null;
  readonly quantity: number;
  readonly reserved: number;
  readonly picked: number;
  readonly shipped: number;
  /** Joined the stock of the place they came to. */
  readonly received: number;
  /** In quarantine there. */
  readonly held: number;
  readonly disposedOf: number;
  readonly lost: number;
  /** Never left, as turned out. */
  readonly atOrigin: number;
  /** Came damaged, whatever became of them. */
  readonly damaged: number;
  /** A recall has stopped it before it left, and it stays. */
  readonly isOut: boolean;
};

/** When somebody hears that something is late, and whether a person is asked what is to be done. */
export type Lateness = { readonly dueAt: Instant; readonly isAsked: boolean };

export type Hold = {
  readonly held: string;
  readonly line: string;
  readonly quantity: number;
  readonly cause: HoldCause;
  /** Where they wait. */
  readonly facility: string;
};

export type SurplusHere = Surplus & { readonly facility: string };

export type Claim = {
  readonly claim: string;
  readonly line: string;
  readonly quantity: number;
  /** When a person hears that the carrier is silent. */
  readonly dueAt: Instant;
  readonly isLate: boolean;
  /** Minor units; null while the carrier has yet to answer. */
  readonly paid: number | null;
  /** What it was paid for has come, and nobody has yet settled that with the carrier; absent where it hasn't. */
  readonly isObsolete?: boolean;
};

export type Arrival = { readonly facility: string; readonly goods: readonly GoodsOut[] };

export const initialState: TransferState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: TransferState): Opened | null => (state.status === 'initial' ? null : state);

/** Before anything has left the origin, and unless it was called off. */
export const isAtOrigin = ({ status }: Opened): boolean =>
  status === 'requested' || status === 'short_of_stock' || status === 'reserved' || status === 'picked';

export const isUnderWay = ({ status }: Opened): boolean => status === 'shipped' || status === 'receiving';

/** Units of a line that have left and not ended. */
export const inTransit = ({ shipped, received, held, disposedOf, lost, atOrigin }: TransferLine): number =>
  shipped - received - held - disposedOf - lost - atOrigin;

/** Where its goods come to: back to the origin, where it was turned round. */
export const bound = ({ turnedBack, from, to }: Opened): string => (turnedBack ? from : to);

export const linesOf = ({ lines }: Opened): readonly TransferLine[] => Object.values(lines);

/** @throws where the journal names a line that isn't there */
export function lineOf({ lines }: Opened, id: string): TransferLine {
  const line = Object.hasOwn(lines, id) ? lines[id] : undefined;
  if (line === undefined) throw new Error(`no line ${id}`);
  return line;
}
