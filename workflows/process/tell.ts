import { proxyActivities } from '@temporalio/workflow';
import type { Returns, ReturnTelling } from '../../activities/returns/port.ts';
import type { Telling, Told } from '../../domain/execution/telling.ts';

/** Until the return has it, however long that takes: it may be stopped, or its worker away. */
const { tellReturn } = proxyActivities<Returns>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Says something to the return of an item, exactly once: the command's id is made of the execution and the effect. */
export function tell(execution: string, telling: Telling): Promise<Told> {
  const { rma } = telling;
  const message = { commandId: `${execution}:${telling.id}`, by: execution, command: commandOf(execution, telling) };
  return tellReturn.executeWithOptions({ summary: telling.key }, [{ rma, message }]);
}

function commandOf(execution: string, telling: Telling): ReturnTelling['message']['command'] {
  const { item } = telling;
  switch (telling.kind) {
    case 'take_up': {
      const { disposition, quantity } = telling;
      return { type: 'take_up', item, execution, disposition, quantity };
    }
    case 'set_free': {
      const { instead } = telling;
      return { type: 'set_free', item, execution, ...(instead === null ? {} : { instead }) };
    }
    case 'record_recovery': {
      const { from, amount } = telling;
      return { type: 'record_recovery', item, from, reference: execution, amount };
    }
    case 'record_work':
      return { type: 'record_work', item, execution, results: telling.results };
    case 'confirm': {
      const { salvaged } = telling;
      const parts = salvaged === undefined ? {} : { salvaged };
      return { type: 'confirm_disposition', item, evidence: execution, execution, ...parts };
    }
  }
}
