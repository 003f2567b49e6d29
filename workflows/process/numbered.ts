import { continueAsNew } from '@temporalio/workflow';
import type { Attended } from '../../domain/process/attention.ts';
import type { Kind } from '../../domain/process/kind.ts';
import type { ProcessTold } from '../../domain/process/told.ts';
import type { NumberedArguments } from './messages.ts';
import type { Process } from './process.ts';
import { readingOf } from './read-journal.ts';
import { type Opening, runProcess } from './run.ts';
import { reasonsOf } from './waiting.ts';

/** A kind of process that has a number and a status, and whose first command is made of its request alone. */
type Numbered<K extends Kind, Request> = {
  /** What the shell must know, but for the answer to a command: it is the same for all of these. */
  readonly process: Omit<Process<K>, 'told'>;
  readonly workflowId: (number: string) => string;
  readonly statusOf: (state: K['state']) => string;
  readonly first: (number: string, request: Request) => K['command'];
};

/** The workflow of such a kind: begun with its request, or woken again and so found in its journal. */
type NumberedWorkflow<K extends Kind, Request> = (
  started: NumberedArguments<K['state'], Request>,
) => Promise<{ status: string }>;

/** Makes the workflow of a kind of process. */
export function numberedWorkflow<K extends Kind & { readonly opened: Attended; readonly told: ProcessTold }, Request>({
  process,
  workflowId,
  statusOf,
  first,
}: Numbered<K, Request>): NumberedWorkflow<K, Request> {
  const readJournal = readingOf<K>();
  const told = (id: string, state: K['state'], version: number, events: readonly string[]): ProcessTold => ({
    number: id.slice(workflowId('').length),
    version,
    status: statusOf(state),
    events,
    attention: reasonsOf(process.opened(state)),
  });
  return async ({ number, request, carried }) => {
    const id = workflowId(number);
    const state = await runProcess<K>(
      { ...process, told },
      {
        id,
        carried,
        commandId: request?.commandId ?? null,
        open,
        goOn: (carriedOver) =>
          continueAsNew<NumberedWorkflow<K, Request>>({ number, request: null, carried: carriedOver }),
      },
    );
    return { status: statusOf(state) };

    async function open(): Promise<Opening<K>> {
      const rows = await readJournal({ process: id });
      if (rows.length > 0) return { type: 'known', rows };
      if (request === null) return { type: 'unknown' };
      const { commandId, by } = request;
      return { type: 'new', first: { commandId, by, command: first(number, request.request) } };
    }
  };
}
