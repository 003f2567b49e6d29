import type { Told } from '../../domain/execution/telling.ts';
import type { TransferCommand } from '../../domain/transfer/commands.ts';
import type { TransferRequest } from '../../domain/transfer/request.ts';

/** Transfers, as whoever plans them has them started. */
export interface Transfers {
  /**
   * Starts a transfer of goods between two facilities. Its number is made of the command's id: asked again, it answers with the one
   * that it started. What its goods cost is looked up where the request doesn't say.
   * @throws a failure of type `transfer.refused` with the code of the refusal
   */
  startTransfer(input: TransferStart): Promise<{ readonly number: string }>;
}

export type TransferStart = {
  readonly commandId: string;
  /** The process that wants it, by its number. */
  readonly by: string;
  readonly request: TransferRequest;
};

/** What a trip says to a transfer: a message of its process as it is. */
export type TransferTelling = {
  readonly transfer: string;
  readonly message: {
    /** Whose it is, with the effect's id: said again, it is taken once. */
    readonly commandId: string;
    readonly by: string;
    readonly command: Extract<TransferCommand, { type: 'ship' }>;
  };
};

/** The transfers, as trips speak to them. */
export interface ToldTransfers {
  /**
   * Brings a message to a transfer, wherever it is: running, finished, or without a run yet. Throws while nobody answers;
   * repeated, the transfer takes it once and answers the same.
   */
  tellTransfer(telling: TransferTelling): Promise<Told>;
}
