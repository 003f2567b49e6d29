import type { AppendInput, AppendResult, Journal, JournalKind } from '../../activities/journal/port.ts';
import type { Decider, Envelope, Recorded } from '../../domain/process/kind.ts';

/** A process of any kind driven by hand through decide and append, as its workflow does it but without Temporal. */
export class Journaled<K extends JournalKind> {
  state: K['state'];
  version = 0;
  readonly journal: Journal;
  readonly #process: string;
  readonly #decider: Decider<K>;
  #commands = 0;

  constructor(journal: Journal, process: string, decider: Decider<K>) {
    this.journal = journal;
    this.#process = process;
    this.#decider = decider;
    this.state = decider.initial;
  }

  get opened(): K['opened'] {
    const opened = this.#decider.opened(this.state);
    if (opened === null) throw new Error('it has not begun yet');
    return opened;
  }

  /** Decides a command and appends it. */
  async send(command: K['command'], options: Partial<Envelope<K['command']>> = {}): Promise<AppendResult<K>> {
    return this.append(this.decided(command, options));
  }

  async append(input: AppendInput<K>): Promise<AppendResult<K>> {
    const result = await this.journal.append<K>(input);
    for (const row of result.rows) {
      if (row.version <= this.version) continue;
      this.state = this.#decider.fold(
        this.state,
        row.events.map((event) => ({ at: row.at, by: row.by, event })),
      );
      this.version = row.version;
    }
    return result;
  }

  /** What one command would append now. */
  decided(command: K['command'], options: Partial<Envelope<K['command']>> = {}): AppendInput<K> {
    this.#commands += 1;
    const envelope: Envelope<K['command']> = {
      commandId: `c${this.#commands}`,
      at: new Date().toISOString(),
      by: 'test',
      command,
      ...options,
    };
    const decider = this.#decider;
    const decision = decider.decide(this.state, envelope);
    const events = decision.type === 'accepted' ? decision.events : [];
    const recorded = events.map((event): Recorded<K['event']> => ({ at: envelope.at, by: envelope.by, event }));
    const after = decider.opened(decider.fold(this.state, recorded));
    return {
      process: this.#process,
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
      projection: events.length === 0 || after === null ? null : decider.project(this.state, after, recorded),
      ...decider.postings(this.state, recorded, envelope.commandId),
    };
  }
}
