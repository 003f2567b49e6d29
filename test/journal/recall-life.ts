import type { Pool } from 'pg';
import { consigneeProcess, recalledFacilityProcess } from '../../activities/journal/process.ts';
import { makeNotices } from '../../activities/notices/notices.ts';
import type { NoticeChannel } from '../../activities/notices/port.ts';
import { takeConfirmation } from '../../activities/recalls/confirmations/confirm.ts';
import { type Resolved, resolveDifference } from '../../activities/recalls/confirmations/differences.ts';
import { takeResponse } from '../../activities/recalls/respond.ts';
import type { RecallOutcomeOfEffect } from '../../domain/recall/commands.ts';
import type { Count } from '../../domain/recall/confirmation.ts';
import { recallDecider } from '../../domain/recall/decider.ts';
import type { RecallEffect } from '../../domain/recall/due.ts';
import type { RecallRequest } from '../../domain/recall/events.ts';
import type { RecallProcess } from '../../domain/recall/kind.ts';
import type { Answer } from '../../domain/recall/response.ts';
import { isUnderWay } from '../../domain/recall/state.ts';
import { recallWorkflowId } from '../../workflows/recall/messages.ts';
import { lotsOf } from '../workflows/recalls.ts';
import { Journaled } from './journaled.ts';
import type { Chance } from './random-lives.ts';
import { act } from './recall-acts.ts';
import { away, WaveRuns } from './wave-runs.ts';
import type { World } from './world.ts';

/** A recall driven by hand with what it does to the database, its waves among that; only the mail is left out. */
export class RecallLife extends Journaled<RecallProcess> {
  readonly number: string;
  readonly sku: string;
  /** What left when it mustn't have. */
  readonly wrongLetters: string[] = [];
  readonly letters: string[] = [];
  readonly #pool: Pool;
  readonly #chance: Chance;
  readonly #waves: WaveRuns;
  /** Effects that somebody is still at: what came of them is told later, or they are begun later. */
  readonly #late: (() => Promise<void>)[] = [];
  #lots: readonly string[] = [];
  #clock = Date.now();
  #responses = 0;
  #counts = 0;

  constructor({ journal, pool }: World, number: string, sku: string, chance: Chance) {
    super(journal, recallWorkflowId(number), recallDecider);
    this.number = number;
    this.sku = sku;
    this.#pool = pool;
    this.#chance = chance;
    const links = { url: 'https://shop.example/', keys: ['a secret of at least 32 characters'], days: 1 } as const;
    const means = { channel: this.#channel(), reach: 'outside', links } as const;
    const notices = makeNotices(pool, means, () => ({ beat: () => undefined }));
    this.#waves = new WaveRuns(number, notices, chance);
  }

  async draft(lot: string, request: RecallRequest): Promise<void> {
    await this.widen(1, lot);
    await this.#pool.query(
      `INSERT INTO recall_texts (recall, language, product, reason, instructions, contact) VALUES ($1, 'en', 'p', 'r', 'i', 'c')`,
      [this.number],
    );
    await this.send({ type: 'draft', number: this.number, request });
  }

  /** Puts a scope there that has one more lot, or none more; the recall isn't told. */
  async widen(version: number, lot: string): Promise<void> {
    this.#lots = [...new Set([...this.#lots, lot])];
    await this.#pool.query(
      'INSERT INTO recall_scopes (recall, version, scope) VALUES ($1, $2, $3) ON CONFLICT (recall, version) DO UPDATE SET scope = $3',
      [this.number, version, JSON.stringify(lotsOf(this.sku, ...this.#lots))],
    );
  }

  get due(): readonly RecallEffect[] {
    return recallDecider.effects(this.state);
  }

  /** @throws where the database bars what was decided */
  override async send(command: RecallProcess['command'], options: { readonly commandId?: string } = {}) {
    const result = await super.send(command, { at: this.#now, ...options });
    if (result.forbidden !== null) throw new Error(`${command.type} breaks ${result.forbidden}`);
    return result;
  }

  skip(hours: number): void {
    this.#clock += hours * 3_600_000;
  }

  get #now(): string {
    return new Date(this.#clock).toISOString();
  }

  /** One thing that is due, or late, or the turn of a wave: as it goes, or as it goes where workers die. */
  async goOn(): Promise<void> {
    const chance = this.#chance;
    const runs = this.#waves.running;
    if (runs.length > 0 && chance.often(0.5)) return this.#turn(chance.one(runs));
    if (this.#late.length > 0 && chance.often(0.3)) {
      const [late] = this.#late.splice(chance.below(this.#late.length), 1);
      return late?.();
    }
    if (this.due.length === 0) return;
    const effect = chance.one(this.due);
    const slow = chance.below(10);
    if (slow === 0) {
      this.#late.push(async () => this.#tell(effect, await this.#act(effect)));
    } else if (slow === 1) {
      const outcome = await this.#act(effect);
      this.#late.push(() => this.#tell(effect, outcome));
    } else await this.#tell(effect, await this.#act(effect));
  }

  /** All that is due and late, until nothing is; waves have their turns as long as anything is due to anybody now. */
  async comeToRest(): Promise<void> {
    while (this.#late.length > 0) await this.#late.shift()?.();
    for (let round = 0; round < 400; round += 1) {
      for (const effect of this.due) await this.#tell(effect, await this.#act(effect));
      const { running } = this.#waves;
      if (this.due.length === 0 && running.length === 0) return;
      for (const wave of running) await this.#turn(wave);
      this.skip(1);
    }
    throw new Error(`${this.number} comes to no rest: ${this.due.map(({ key }) => key).join(', ')}`);
  }

  /** What a consignee says of all its goods, right or wrong. */
  async answer(consignee: string, answers: readonly Answer[]) {
    this.#responses += 1;
    return takeResponse(this.#pool, {
      ...{
        recall: this.number,
        consignee,
        commandId: `${consigneeProcess(this.number, consignee)}:${this.#responses}`,
      },
      ...{ at: this.#now, by: 'test', channel: 'api', positions: answers, newConsignees: [] },
    });
  }

  /** What a facility has found, right or wrong. */
  async count(facility: string, counts: readonly Count[]) {
    this.#counts += 1;
    const commandId = `${recalledFacilityProcess(this.number, facility)}:${this.#counts}`;
    const said = { recall: this.number, facility, commandId, at: this.#now, by: 'test' };
    return takeConfirmation(this.#pool, { ...said, counts });
  }

  /** A person settles that a count differs. */
  async settle(facility: string, difference: Pick<Resolved, 'sku' | 'lot' | 'found' | 'resolution'>) {
    this.#counts += 1;
    const commandId = `${recalledFacilityProcess(this.number, facility)}:${this.#counts}`;
    const note = { id: commandId, text: 'n' };
    const said = { recall: this.number, facility, commandId, at: this.#now, by: 'test' };
    return resolveDifference(this.#pool, { ...said, ...difference, note });
  }

  async #tell({ key }: RecallEffect, outcome: RecallOutcomeOfEffect): Promise<void> {
    await this.send({ type: 'outcome', effect: key, outcome });
  }

  #act(effect: RecallEffect): Promise<RecallOutcomeOfEffect> {
    return act(this.#pool, this.#waves, this.opened, effect);
  }

  /** What the run of a wave does between two waits. */
  async #turn(wave: number): Promise<void> {
    for (const { command, commandId } of await this.#waves.turn(wave, this.#now)) {
      await this.send(command, commandId === undefined ? {} : { commandId });
    }
  }

  /** A mail server that knows what the recall may send. */
  #channel(): NoticeChannel {
    return {
      close: () => undefined,
      send: async ({ messageId, subject }) => {
        if (this.#chance.often(0.02)) throw away;
        if (this.#chance.often(0.05)) return { state: 'failed', code: 'smtp_4.2.2' };
        if (this.#chance.often(0.05)) return { state: 'bounced', code: 'smtp_5.1.1' };
        const now = this.opened;
        const isAllowed =
          now.outcome === 'withdrawn'
            ? subject.startsWith('Withdrawn')
            : now.termination?.notice
              ? subject.startsWith('Ended')
              : isUnderWay(now) && !now.paused;
        if (now.mock || !isAllowed || now.stoppedVersion === 0) {
          this.wrongLetters.push(`${now.status} ${now.outcome} ${now.paused ? 'paused' : ''}: ${subject}`);
        }
        if (this.letters.includes(messageId)) this.wrongLetters.push(`twice: ${subject}`);
        this.letters.push(messageId);
        return { state: 'sent' };
      },
    };
  }
}
