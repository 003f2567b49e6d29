import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { asNew } from '../../local/as-new.ts';
import type { Client } from '../faults/client.ts';

const Money = z.object({ amount: z.string(), currency: z.string() });

/** What the demo reads of a return. */
export const Return = z.object({
  rma: z.string(),
  status: z.object({ goods: z.string(), money: z.string() }),
  settled: z.object({ amount: z.string(), currency: z.string() }),
  outcome: z.string().nullable(),
  facility: z.string(),
  items: z.array(
    z.object({
      item: z.string(),
      stage: z.string(),
      grade: z.string().nullable(),
      disposition: z.string().nullable(),
      execution: z.string().nullable(),
      recovered: z.object({ amount: z.string(), currency: z.string() }),
      quantity: z.number(),
      repairQuote: z.object({ total: Money }).nullable(),
    }),
  ),
  parcels: z.array(
    z.object({
      parcel: z.string(),
      label: z.string(),
      method: z.string(),
      tracking: z.string().nullable(),
      status: z.string(),
    }),
  ),
  pickups: z.array(z.object({ pickup: z.string(), state: z.string() })),
  refunds: z.array(
    z.object({
      refund: z.string(),
      state: z.string(),
      creditMemo: z.string().nullable(),
      storeCredit: z.string().nullable(),
      amount: z.object({ amount: z.string(), currency: z.string() }),
    }),
  ),
  exchange: z.object({ state: z.string(), stock: z.string(), due: Money, price: Money }).nullable(),
  hold: z.object({ state: z.string(), amount: Money, taken: Money }).nullable(),
  clawbacks: z.array(z.object({ state: z.string(), charge: z.string().nullable() })),
  attention: z.array(z.object({ attention: z.string(), reason: z.string(), sentence: z.string() })),
  quote: z.object({ total: z.object({ amount: z.string(), currency: z.string() }) }).nullable(),
  timeline: z.array(z.object({ at: z.string(), sentence: z.string() })),
  links: z.object({ temporal: z.string() }),
});
export type Return = z.infer<typeof Return>;

type Method = 'drop_off' | 'pickup' | 'counter';

const patienceMs = 60_000;

/** Walks one return through its life over HTTP and says each step. */
export class Guide {
  readonly #api: Client;
  readonly #say: (line: string) => void;
  #rma = '';

  constructor(api: Client, say: (line: string) => void) {
    this.#api = api;
    this.#say = say;
  }

  /** The same return in the hands of somebody else, who has a key of their own. */
  as(colleague: Client): Guide {
    const other = new Guide(colleague, this.#say);
    other.#rma = this.#rma;
    return other;
  }

  get rma(): string {
    return this.#rma;
  }

  say(line: string): void {
    this.#say(line);
  }

  /** Asks for a return of one line; `line` and `more` are what is said of it and of the return beside the usual. */
  async ask(order: string, quantity: number, method: Method, line: object = {}, more: object = {}): Promise<Return> {
    const body = { order, lines: [{ sku: 'TEAPOT', quantity, reason: 'changed_mind', ...line }], method, ...more };
    const preview = z
      .object({ outcome: z.string(), quote: Return.shape.quote })
      .parse((await this.#api.post('/v1/returns/preview', body)).body);
    this.#say(`preview     ${preview.outcome}, would be settled with ${moneyText(preview.quote?.total)}`);
    const created = z.object({ rma: z.string() }).parse((await this.#api.post('/v1/returns', body)).body);
    this.#rma = created.rma;
    const its = await this.until((state) => state.status.goods !== 'requested');
    this.#say(`authorize   RMA ${its.rma}: ${its.status.goods}, quote ${moneyText(its.quote?.total)}`);
    return its;
  }

  async send(what: string, body?: unknown): Promise<void> {
    await this.post(`returns/${this.#rma}/${what}`, body ?? {});
  }

  /** Says something to what isn't the return itself. @returns the answer's body */
  async post(path: string, body: unknown): Promise<unknown> {
    return (await this.#api.post(`/v1/${path}`, body)).body;
  }

  /** Sends a file of CSV. @returns the answer's body */
  async upload(path: string, csv: string): Promise<unknown> {
    return (await this.#api.upload(`/v1/${path}`, csv)).body;
  }

  /** Goes on with a return that was asked for otherwise. */
  async follow(rma: string): Promise<Return> {
    this.#rma = rma;
    return await this.now();
  }

  async now(): Promise<Return> {
    return await this.read(`returns/${this.#rma}`, Return);
  }

  async read<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape>> {
    return shape.parse((await this.#api.get(`/v1/${path}`)).body);
  }

  /** Waits until something is true of the return. */
  async until(is: (its: Return) => boolean): Promise<Return> {
    return await this.untilOf(`returns/${this.#rma}`, Return, is);
  }

  /** Waits until something is true of what stands at a path. */
  async untilOf<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    is: (its: z.infer<Shape>) => boolean,
  ): Promise<z.infer<Shape>> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const its = await this.read(path, shape);
      if (is(its)) return its;
      if (Date.now() > end) throw new Error(`${path} did not come on: it is ${JSON.stringify(its)}`);
      await sleep(150);
    }
  }

  async inspectAndConfirm(item: string, facts: object, evidence: string): Promise<void> {
    await this.inspect(item, facts);
    await this.confirm(item, evidence);
  }

  /** Grades an item, of one unit unless told. @returns where the engine sends it; null while it waits for somebody */
  async inspect(item: string, facts: object, quantity = 1): Promise<string | null> {
    await this.send(`items/${item}/inspections`, { findings: [{ quantity, facts }] });
    const its = await this.until((state) => state.items.some((each) => each.item === item && each.grade !== null));
    const graded = its.items.find((each) => each.item === item);
    this.#say(`inspect     item ${item}: grade ${graded?.grade}, to ${graded?.disposition ?? 'nowhere yet'}`);
    return graded?.disposition ?? null;
  }

  /** A person sends an item another way. */
  async choose(item: string, disposition: string, note: string): Promise<void> {
    await this.send(`items/${item}/dispositions`, { disposition, note });
    this.#say(`dispose     item ${item}: a person chooses ${disposition}: ${note}`);
  }

  async confirm(item: string, evidence: string): Promise<void> {
    await this.send(`items/${item}/confirmations`, { evidence });
    const its = await this.until((state) =>
      state.items.some((each) => each.item === item && each.stage === 'disposed'),
    );
    const gone = its.items.find((each) => each.item === item);
    this.#say(`dispose     item ${item}: ${gone?.disposition} confirmed at ${evidence}`);
  }

  /** Waits until a person is asked for a reason, and answers. */
  async resolve(reason: string, resolution: string, note: string): Promise<void> {
    const its = await this.until(({ attention }) => attention.some((each) => each.reason === reason));
    const asked = its.attention.find((each) => each.reason === reason);
    this.#say(`attention   ${asked?.sentence}`);
    await this.send(`attention/${asked?.attention}/resolutions`, { resolution, note });
    this.#say(`attention   a person answers ${resolution}: ${note}`);
  }

  async untilClosed(): Promise<Return> {
    const its = await this.until((state) =>
      ['closed', 'expired', 'cancelled', 'declined'].includes(state.status.goods),
    );
    this.#say(`close       goods ${its.status.goods}, money ${its.status.money}: ${moneyText(its.settled)} given back`);
    return its;
  }
}

export const moneyText = (amount: { amount: string; currency: string } | null | undefined): string =>
  amount == null ? 'nothing' : `${amount.amount} ${amount.currency}`;

/** Goods that were opened and came to harm. */
export const damaged = { ...asNew, packaging: 'opened', cosmetic: 'damaged' };
