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
