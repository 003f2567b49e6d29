import type { AppendInput, AppendResult, Journal } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import type { Envelope, ReturnCommand } from '../../domain/return/commands.ts';
import { decide } from '../../domain/return/decide.ts';
import type { Recorded } from '../../domain/return/events.ts';
import { fold } from '../../domain/return/fold.ts';
import { postings } from '../../domain/return/postings.ts';
import { project } from '../../domain/return/project.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { initialState, type Opened, type ReturnState } from '../../domain/return/state.ts';

/** One return driven by hand through decide and append, as the workflow does it but without Temporal. */
export class DrivenReturn {
  state: ReturnState = initialState;
  version = 0;
  readonly rma: string;
  readonly journal: Journal;
  #commands = 0;

  constructor(journal: Journal, rma: string) {
    this.journal = journal;
    this.rma = rma;
  }

  /** Opens it and appends the first decision. */
  async request(request: ReturnRequest, options: Partial<Envelope> = {}): Promise<AppendResult> {
    const opened = await this.journal.openReturn({ rma: this.rma, request });
    if (opened.type !== 'new') throw new Error(`expected a new return, got ${opened.type}`);
    return this.send({ type: 'request', rma: this.rma, request, facts: opened.facts }, options);
  }

  /** Decides a command and appends it. */
  async send(command: ReturnCommand, options: Partial<Envelope> = {}): Promise<AppendResult> {
    return this.append(this.decided(command, options));
  }

  async append(input: AppendInput): Promise<AppendResult> {
    const result = await this.journal.append(input);
    for (const row of result.rows) {
      if (row.version <= this.version) continue;
      this.state = fold(
        this.state,
        row.events.map((event) => ({ at: row.at, by: row.by, event })),
      );
      this.version = row.version;
    }
    return result;
  }

  /** What one command would append now. */
  decided(command: ReturnCommand, options: Partial<Envelope> = {}): AppendInput {
    this.#commands += 1;
    const envelope: Envelope = {
      commandId: `c${this.#commands}`,
      at: new Date().toISOString(),
      by: 'test',
      command,
      ...options,
    };
    const decision = decide(this.state, envelope);
    const events = decision.type === 'accepted' ? decision.events : [];
    const recorded = events.map((event): Recorded => ({ at: envelope.at, by: envelope.by, event }));
    const after = fold(this.state, recorded);
    return {
      process: processOf(this.rma),
      expectedVersion: this.version,
      items: [
        {
          commandId: envelope.commandId,
          at: envelope.at,
          by: envelope.by,
          command: command.type,
          events,
          refusal: decision.type === 'refused' ? decision.refusal : null,
        },
      ],
      projection: events.length === 0 || after.phase === 'initial' ? null : project(this.state, after, recorded),
      ...postings(this.state, recorded, envelope.commandId),
    };
  }

  get opened(): Opened {
    if (this.state.phase === 'initial') throw new Error('not requested yet');
    return this.state;
  }
}

/** A request for some units of one line of a sale. */
export const aRequest = (order: string, quantity = 1, changes: Partial<ReturnRequest> = {}): ReturnRequest => ({
  program: 'customer',
  order,
  lines: [{ line: 'L1', orderLine: `${order}:1`, quantity, reason: 'changed_mind' }],
  method: 'drop_off',
  instrument: 'original',
  facility: 'RC-1',
  ...changes,
});
