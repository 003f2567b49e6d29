import type { Told } from '../../domain/execution/telling.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';

/** What an execution, a delivery, a recall, a loan or a trip says to a return: a message of its process as it is. */
export type ReturnTelling = {
  readonly rma: string;
  readonly message: {
    /** Whose it is, with the effect's id: said again, it is taken once. */
    readonly commandId: string;
    readonly by: string;
    readonly command: Extract<
      ReturnCommand,
      {
        type:
          | 'cancel'
          | 'take_up'
          | 'set_free'
          | 'record_work'
          | 'record_recovery'
          | 'confirm_disposition'
          | 'choose_remedy'
          | 'stop_goods'
          | 'release_goods'
          | 'stop_stock'
          | 'assign_trip'
          | 'report_trip';
      }
    >;
  };
};

/** The returns, as executions, deliveries, recalls, loans and trips speak to them. */
export interface Returns {
  /**
   * Brings a message to a return, wherever it is: running, finished, or without a run yet. Throws while nobody answers;
   * repeated, the return takes it once and answers the same.
   */
  tellReturn(telling: ReturnTelling): Promise<Told>;
}
