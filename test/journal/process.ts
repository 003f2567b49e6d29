import type { AppendResult, Journal } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import type { Envelope } from '../../domain/return/commands.ts';
import { returnDecider } from '../../domain/return/decider.ts';
import type { ReturnKind } from '../../domain/return/kind.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { Journaled } from './journaled.ts';

/** One return driven by hand through decide and append. */
export class DrivenReturn extends Journaled<ReturnKind> {
  readonly rma: string;

  constructor(journal: Journal, rma: string) {
    super(journal, processOf(rma), returnDecider);
    this.rma = rma;
  }

  /** Opens it and appends the first decision. */
  async request(request: ReturnRequest, options: Partial<Envelope> = {}): Promise<AppendResult> {
    const opened = await this.journal.openReturn({ rma: this.rma, request });
    if (opened.type !== 'new') throw new Error(`expected a new return, got ${opened.type}`);
    return this.send({ type: 'request', rma: this.rma, request, facts: opened.facts }, options);
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
