import type { Returns } from '../activities/returns/port.ts';
import { type ReturnArguments, returnWorkflowId, returnWorkflowType } from '../workflows/return/messages.ts';
import { tellProcess } from './tell-process.ts';

/** Tells returns by updates. */
export const returns: Returns = {
  tellReturn: ({ rma, message }) => {
    const args: ReturnArguments = { rma, request: null };
    return tellProcess(
      { workflowType: returnWorkflowType, workflowId: returnWorkflowId(rma), args, summary: `Return ${rma}` },
      message,
    );
  },
};
