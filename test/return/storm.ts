import type { Postings } from '../../domain/process/kind.ts';
import type { EffectOutcome, ReturnCommand } from '../../domain/return/commands.ts';
import { deadlines } from '../../domain/return/deadlines.ts';
import { type Decision, decide } from '../../domain/return/decide.ts';
import { type Effect, effects } from '../../domain/return/effects.ts';
import type { Recorded } from '../../domain/return/events.ts';
import { evolve } from '../../domain/return/evolve.ts';
import { fold } from '../../domain/return/fold.ts';
import { postings } from '../../domain/return/postings.ts';
import { project } from '../../domain/return/project.ts';
import { initialState, type Opened, type ReturnState } from '../../domain/return/state.ts';
import { plusDays, requestedAt } from './calendar.ts';
import { Books } from './storm-books.ts';
import { Owned } from './storm-repair.ts';
import { brokenRules, isAtRestUnclosed } from './storm-rules.ts';
import { Tables } from './storm-table.ts';

type Balance = { readonly account: string; readonly amount: number };

/** What a step needs of whatever carries it out: this storm, or a run of the real workflow. */
export type Weather = Pick<Storm, 'at' | 'state' | 'books' | 'inFlight' | 'send' | 'end' | 'fire'>;

/** One return in a storm of commands, run as the shell does it, beside what the database would hold. Breaking a rule throws. */
export class Storm {
  state: ReturnState = initialState;
  at = requestedAt;
  readonly recorded: Recorded[] = [];
  readonly inFlight: Effect[] = [];
  readonly #started = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #balances = new Map<string, number>();
  readonly #entries = new Set<string>();
  readonly #tables = new Tables();
  readonly #owned = new Owned();
  #books: Books | null = null;
  #projected: ReturnState = initialState;
  #unprojected: Recorded[] = [];
  #commands = 0;

  /** Two people take turns: some grades need both. */
  get #by(): string {
    return this.#commands % 2 === 0 ? 'storm' : 'other';
  }

  /** The last commands, for whoever reads a failure. */
  readonly log: string[] = [];

  constructor(request: Extract<ReturnCommand, { type: 'request' }>) {
    this.send(request);
  }

  get opened(): Opened | null {
    return this.state.phase === 'initial' ? null : this.state;
  }

  get books(): Books {
    if (this.#books === null) throw new Error('nothing was requested');
    return this.#books;
  }

  wait(hours: number): void {
    this.at = plusDays(hours / 24, this.at);
  }

  send(command: ReturnCommand): Decision {
    this.#commands += 1;
    this.log.push(`${this.at} ${JSON.stringify(command.type === 'request' ? command.request : command)}`);
    const commandId = `c${this.#commands}`;
    const decision = this.#decide(command, commandId);
    const events = decision.type === 'accepted' ? decision.events : [];
    this.log.push(
      `   → ${decision.type === 'refused' ? decision.refusal.code : events.map(({ type }) => type).join(' ')}`,
    );
    if (events.length === 0) return decision;
    const recorded = events.map((event): Recorded => ({ at: this.at, by: this.#by, event }));
    const before = this.state;
    this.#post(postings(before, recorded, commandId));
    this.state = freeze(fold(before, recorded));
    this.recorded.push(...recorded);
    this.#unprojected.push(...recorded);
    this.#check();
    return decision;
  }

  /** Repeats what carriers, providers and timers may say twice: it must change nothing. */
  again(command: ReturnCommand): void {
    const decision = this.#decide(command, 'again');
    const events = decision.type === 'accepted' ? decision.events : [];
    if (events.length > 0) this.fail([`said again: ${events.map(({ type }) => type).join(' ')}`]);
  }

  /** An effect ends, perhaps long after anybody wanted it. */
  end(effect: Effect, outcome: EffectOutcome): void {
    this.inFlight.splice(this.inFlight.indexOf(effect), 1);
    this.#ended.add(effect.id);
    const wasClosed = this.state.phase === 'closed';
    const command: ReturnCommand = { type: 'outcome', effect: effect.key, outcome };
    this.send(command);
    if (!(wasClosed && effect.kind === 'reserve_units')) this.again(command);
    this.#check();
  }

  /** Timers fire: every deadline that has passed. */
  fire(): void {
    for (const { deadline, at } of deadlines(this.state).filter((each) => each.at <= this.at)) {
      const command: ReturnCommand = { type: 'deadline', deadline, due: at };
      this.send(command);
      this.again(command);
    }
  }

  /** Writes the read model for all that happened since the last time, as one batch. */
  project(): void {
    if (this.opened === null || this.#unprojected.length === 0) return;
    this.fail(this.#tables.apply(project(this.#projected, this.opened, this.#unprojected)));
    this.#projected = this.state;
    this.#unprojected = [];
  }

  /** The journal, as JSON gives it back, makes the same state and the same rows. */
  rebuild(): void {
    this.project();
    const journal = JSON.parse(JSON.stringify(this.recorded)) as Recorded[];
    const rebuilt = fold(initialState, journal);
    if (JSON.stringify(rebuilt) !== JSON.stringify(this.state)) this.fail(['the journal makes another state']);
    const oneByOne = journal.reduce(evolve, initialState);
    if (JSON.stringify(oneByOne) !== JSON.stringify(rebuilt)) this.fail(['folded together it is another state']);
    if (rebuilt.phase === 'initial') return;
    const tables = new Tables();
    tables.apply(project(initialState, rebuilt, journal));
    if (tables.content !== this.#tables.content) {
      this.fail([`rebuilt is not live:\n${tables.content}\n${this.#tables.content}`]);
    }
  }

  balance(account: string): number {
    return this.#balances.get(account) ?? 0;
  }

  fail(problems: readonly string[]): void {
    if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${this.log.slice(-60).join('\n')}`);
  }

  #decide(command: ReturnCommand, commandId: string): Decision {
    try {
      return decide(this.state, { commandId, at: this.at, by: this.#by, command });
    } catch (error) {
      this.fail([`decide threw ${String(error)}`]);
      throw error;
    }
  }

  #check(): void {
    const opened = this.opened;
    if (opened === null) return;
    this.#books ??= new Books(opened);
    this.fail(this.#books.append(opened));
    const due = effects(opened);
    for (const effect of due) {
      if (this.#started.has(effect.id)) continue;
      this.#started.add(effect.id);
      this.inFlight.push(effect);
    }
    const ids = due.map(({ id }) => id);
    const stuck = ids.filter((id) => this.#ended.has(id)).map((id) => `${id} has ended and is still wanted`);
    const twice = new Set(ids).size === ids.length ? [] : [`effects share an id: ${ids.join(', ')}`];
    const balance = (account: string) => this.balance(account);
    this.fail([
      ...stuck,
      ...twice,
      ...this.#books.disagreements(opened),
      ...this.#owned.problems(opened),
      ...brokenRules(opened, this.recorded, balance),
      ...(isAtRestUnclosed(opened) ? ['nobody and nothing will move this return on'] : []),
    ]);
  }

  #post({ stock, money }: Postings): void {
    const rows: Balance[] = [
      ...stock.flatMap(({ from, to, quantity }) => [
        { account: from, amount: -quantity },
        { account: to, amount: quantity },
      ]),
      ...money.flatMap(({ debit, credit, amount }) => [
        { account: debit, amount },
        { account: credit, amount: -amount },
      ]),
    ];
    const amounts = [...stock.map(({ quantity }) => quantity), ...money.map(({ amount }) => amount)];
    this.fail(amounts.filter((amount) => !(Number.isSafeInteger(amount) && amount > 0)).map((a) => `posted ${a}`));
    this.#owned.post(stock);
    for (const { entry } of stock) this.#enter(`stock ${entry}`);
    for (const { entry } of money) this.#enter(`money ${entry}`);
    for (const { account, amount } of rows) this.#balances.set(account, this.balance(account) + amount);
  }

  #enter(entry: string): void {
    if (this.#entries.has(entry)) this.fail([`${entry} is posted twice`]);
    this.#entries.add(entry);
  }
}

/** Whatever changes a state in place is caught. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
  return value;
}
