import type { CertifiedDisposalKind } from '../../domain/certified-disposal/kind.ts';
import type { DeliveryKind } from '../../domain/delivery/kind.ts';
import type { Units } from '../../domain/goods/units.ts';
import type { LiquidationKind } from '../../domain/liquidation/kind.ts';
import type { LoanKind } from '../../domain/loan/kind.ts';
import type { MoneyPosting, StockPosting } from '../../domain/money/ledger.ts';
import type { Kind } from '../../domain/process/kind.ts';
import type { RebalanceKind } from '../../domain/rebalance/kind.ts';
import type { RecallProcess } from '../../domain/recall/kind.ts';
import type { RefurbishmentKind } from '../../domain/refurbishment/kind.ts';
import type { RequestFacts } from '../../domain/return/commands.ts';
import type { ReturnKind } from '../../domain/return/kind.ts';
import type { RecalledGoods } from '../../domain/return/recalled.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import type { Basket } from '../../domain/sale/basket.ts';
import type { PaymentFacts } from '../../domain/sale/order.ts';
import type { TransferKind } from '../../domain/transfer/kind.ts';
import type { TripKind } from '../../domain/trip/kind.ts';
import type { VendorReturnKind } from '../../domain/vendor-return/kind.ts';

/** The kinds of processes that the journal holds, by what their names begin with. */
export type JournalKinds = {
  return: ReturnKind;
  'vendor-return': VendorReturnKind;
  liquidation: LiquidationKind;
  'certified-disposal': CertifiedDisposalKind;
  refurbishment: RefurbishmentKind;
  delivery: DeliveryKind;
  recall: RecallProcess;
  loan: LoanKind;
  transfer: TransferKind;
  trip: TripKind;
  rebalance: RebalanceKind;
};
export type JournalKind = JournalKinds[keyof JournalKinds];

/** One command with what was decided about it. A refused one has no events; it is echoed, not stored. */
export type AppendItem<K extends Kind = ReturnKind> = {
  readonly commandId: string;
  readonly at: string;
  readonly by: string;
  readonly command: string;
  readonly events: readonly K['event'][];
  readonly refusal: K['refusal'] | null;
};

export type AppendInput<K extends Kind = ReturnKind> = {
  /** The process's id: its workflow id, for instance `return:RMA…`. */
  readonly process: string;
  readonly expectedVersion: number;
  readonly items: readonly AppendItem<K>[];
  /** What follows from the events, as of after the last item; null where every item is refused or empty. */
  readonly projection: K['projection'] | null;
  readonly stock: readonly StockPosting[];
  readonly money: readonly MoneyPosting[];
};

/** A journal row: the events of one command. */
export type JournalRow<K extends Kind = ReturnKind> = {
  readonly version: number;
  readonly commandId: string;
  readonly at: string;
  readonly by: string;
  readonly events: readonly K['event'][];
};

/** Rows of the journal in their order, as many as one payload carries: the last one says where the journal has more. */
export type JournalPage<K extends Kind = ReturnKind> = readonly (JournalRow<K> & { readonly more?: true })[];

export type AppendResult<K extends Kind = ReturnKind> = {
  /** True where nothing was written, because the version had moved, a commandId was known, or a constraint said no. */
  readonly conflict: boolean;
  /**
   * The tail above the expected version and the rows of the batch's known commandIds, in order of version; a page of each, so
   * that more may follow, and a command may be known whose row isn't here yet.
   */
  readonly rows: JournalPage<K>;
  /** Refusals of the batch, echoed. */
  readonly refused: readonly { readonly commandId: string; readonly refusal: K['refusal'] }[];
  /** The journal's own version where it is behind the expected one: the database was restored to an earlier hour. */
  readonly behind: number | null;
  /** The database's rule that what was decided would break: a bug of ours, which another try can't mend. */
  readonly forbidden: string | null;
  /** New facts where the world had moved. */
  readonly stale: StaleNews | null;
};

/**
 * A payment's cap would be exceeded, another return settled goods of the same promotions first, a recall has stopped what was to be
 * sold again, or the ledgers disagree at closing.
 */
export type StaleNews =
  | { readonly type: 'payments'; readonly payments: readonly PaymentFacts[] }
  | { readonly type: 'basket'; readonly basket: Basket }
  | { readonly type: 'stop_sale'; readonly recall: string; readonly goods: readonly RecalledGoods[] }
  | { readonly type: 'ledger'; readonly detail: string };

export type OpenInput = { readonly rma: string; readonly request: ReturnRequest | null };

/** What the process starts from: its journal where it has one, else the facts its request is decided on. */
export type Opened =
  | { readonly type: 'known'; readonly rows: JournalPage<ReturnKind> }
  | { readonly type: 'new'; readonly facts: RequestFacts }
  | { readonly type: 'unknown' };

/** The journal as one kind of process sees it. */
export interface JournalOf<K extends Kind> {
  /** Writes what was decided and all that follows from it in one transaction; see docs/architecture.md. */
  append(input: AppendInput<K>): Promise<AppendResult<K>>;
}

/** The first page above a version; from the start unless told. */
export type ReadInput = { readonly process: string; readonly above?: number };

/** The journal as it is read by whoever starts a process of a kind. */
export interface JournalReading<K extends Kind> {
  /** What the journal has of a process, page by page; nothing where it has none. */
  readJournal(input: ReadInput): Promise<JournalPage<K>>;
}

/** The database as the processes see it. */
export interface Journal {
  append<K extends JournalKind>(input: AppendInput<K>): Promise<AppendResult<K>>;
  readJournal<K extends JournalKind>(input: ReadInput): Promise<JournalPage<K>>;
  /** Reads the journal, or reads the order and reserves the requested units. Idempotent. */
  openReturn(input: OpenInput): Promise<Opened>;
  /**
   * Makes each line hold `total` units, as far as they are still free, and answers with those that it holds beyond the
   * known ones. Idempotent: asked again, it answers the same. What it takes is `pending` until an append names it.
   */
  reserveUnits(input: ReserveInput): Promise<Readonly<Record<string, Units>>>;
}

export type ReserveInput = {
  readonly rma: string;
  readonly wants: readonly {
    readonly line: string;
    readonly orderLine: string;
    readonly total: number;
    readonly known: Units;
  }[];
};
