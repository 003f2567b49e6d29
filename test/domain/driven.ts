import type { Decider, Decision, Kind, Recorded } from '../../domain/process/kind.ts';

/** A kind whose processes may ask for a person. */
type Asking = Kind & {
  readonly opened: {
    readonly attention: Readonly<Record<string, { readonly reason: string; readonly subject: string }>>;
  };
};

/** A process of any kind, driven by hand. */
export class Driven<K extends Asking> {
  state: K['state'];
  at = '2026-03-02T09:00:00.000Z';
  last: Decision<K['event'], K['refusal']> = { type: 'accepted', events: [] };
  readonly recorded: Recorded<K['event']>[] = [];
  #commands = 0;
  readonly #decider: Decider<K>;

  constructor(decider: Decider<K>, first: K['command']) {
    this.#decider = decider;
    this.state = decider.initial;
    this.send(first);
  }

  get now(): K['opened'] {
    const opened = this.#decider.opened(this.state);
    if (opened === null) throw new Error('it has not begun yet');
    return opened;
  }

  get happened(): string[] {
    return this.last.type === 'accepted' ? this.last.events.map(({ type }) => type) : [];
  }

  get refusal(): string | null {
    return this.last.type === 'refused' ? this.last.refusal.code : null;
  }

  get queue(): string[] {
    return Object.values(this.now.attention).map(({ reason, subject }) => `${reason} ${subject}`);
  }

  get due(): string[] {
    return this.#decider.deadlines(this.state).map(({ deadline }) => deadline);
  }

  get wants(): string[] {
    return this.#decider.effects(this.state).map(({ key }) => key);
  }

  send(command: K['command']): this {
    this.#commands += 1;
    this.last = this.#decider.decide(this.state, {
      commandId: `c${this.#commands}`,
      at: this.at,
      by: 'test',
      command,
    });
    const events = this.last.type === 'accepted' ? this.last.events : [];
    const recorded = events.map((event): Recorded<K['event']> => ({ at: this.at, by: 'test', event }));
    this.state = this.#decider.fold(this.state, recorded);
    this.recorded.push(...recorded);
    return this;
  }
}
