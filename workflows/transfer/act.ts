import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { FailureDetails } from '../../activities/failures.ts';
import type { Stock, TransferredStock } from '../../activities/stock/port.ts';
import type { TransferEffectOutcome } from '../../domain/transfer/commands.ts';
import type { TransferEffect } from '../../domain/transfer/due.ts';
import type { Opened } from '../../domain/transfer/state.ts';

/** The stock is our own database: it is asked for as long as it takes. */
const { reserveStockAt, releaseStock, addStock, takeStock } = proxyActivities<
  TransferredStock & Pick<Stock, 'releaseStock'>
>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Tells the stock of its facilities what a transfer keeps, takes and brings, and says what came of it. */
export async function act({ from }: Opened, effect: TransferEffect): Promise<TransferEffectOutcome> {
  const { reference } = effect;
  const summary = { summary: effect.key };
  switch (effect.kind) {
    case 'reserve': {
      const { goods, lots, partial } = effect;
      try {
        const kept = await reserveStockAt.executeWithOptions(summary, [
          { reference, facility: from, goods, lots, partial },
        ]);
        return { type: 'reserved', goods: kept.goods };
      } catch (error) {
        return refusalOf(error);
      }
    }
    case 'release':
      await releaseStock.executeWithOptions(summary, [{ reference, shipped: effect.shipped }]);
      return { type: 'done' };
    case 'add': {
      const { facility, goods } = effect;
      await addStock.executeWithOptions(summary, [{ reference, facility, goods }]);
      return { type: 'done' };
    }
    case 'correct': {
      const taken = await takeStock.executeWithOptions(summary, [{ reference, facility: from, goods: effect.goods }]);
      return { type: 'taken', short: taken.short };
    }
  }
}

/** @throws what is no refusal: a defect, or the end of the run */
function refusalOf(error: unknown): TransferEffectOutcome {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'stock.refused') throw error;
  const [details] = (cause.details ?? []) as [FailureDetails?];
  return { type: 'refused', code: details?.code ?? 'unknown' };
}
