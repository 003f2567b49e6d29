import type { FaultBook } from './faults.ts';
import type { Store } from './store.ts';

/** Which of our doors an event goes to. */
export type Channel = 'carrier' | 'payment';
export type Urls = { [channel in Channel]?: string | undefined };
export type Signer = (channel: Channel, body: string) => Record<string, string>;

const maximalTries = 30;
const firstWaitMs = 250;
const longestWaitMs = 15_000;
const atOnce = 8;
const answerWithinMs = 10_000;

type Delivery = { seq: number; channel: Channel; event: string; body: string; tries: number };

/**
 * Sends events and sends them again until they were taken or 30 tries are used up. Events of one parcel or payment
 * keep their order, which the vendors don't promise but usually do; shuffling takes it away.
 */
export function createWebhooks(store: Store, faults: FaultBook, sign: Signer, log: (line: string) => void) {
  const add = store.db.prepare(
    'insert into deliveries (channel, event, subject, body, ordered, state, due) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const due = store.db.prepare(`
    select seq, channel, event, body, tries from deliveries d
    where state = 'waiting' and due <= ? and not (ordered = 1 and exists (
      select 1 from deliveries e where e.subject = d.subject and e.state in ('waiting', 'sending') and e.seq < d.seq))
    order by due, seq limit ?`);
  const settle = store.db.prepare('update deliveries set state = ?, tries = ?, due = ? where seq = ?');
  const next = store.db.prepare(`select min(due) as due from deliveries where state = 'waiting'`);
  const counts = store.db.prepare('select channel, state, count(*) as count from deliveries group by channel, state');
  // A killed process leaves its unfinished sendings to the next one.
  store.db.exec(`update deliveries set state = 'waiting' where state = 'sending'`);

  let stopped = false;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const sending = new Set<Promise<void>>();
  const urls = (): Urls => (store.setting('webhooks') ?? {}) as Urls;

  async function send(one: Delivery): Promise<void> {
    const url = urls()[one.channel];
    let taken = false;
    try {
      const answer = await fetch(url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sign(one.channel, one.body) },
        body: one.body,
        signal: AbortSignal.any([AbortSignal.timeout(answerWithinMs), stopping.signal]),
      });
      await answer.arrayBuffer();
      taken = answer.ok;
    } catch {
      // Down or too slow: the same as an answer that isn't 2xx.
    }
    if (stopped) return;
    const tries = one.tries + 1;
    const wait = Math.min(firstWaitMs * 2 ** (tries - 1), longestWaitMs);
    const state = taken ? 'delivered' : tries >= maximalTries ? 'failed' : 'waiting';
    if (state === 'failed') log(`webhook ${one.event} given up after ${tries} tries`);
    settle.run(state, tries, Date.now() + wait, one.seq);
  }

  function pump(): void {
    if (stopped) return;
    const free = atOnce - sending.size;
    const ready = free > 0 ? (due.all(Date.now(), free) as unknown as Delivery[]) : [];
    for (const one of ready) {
      settle.run('sending', one.tries, Date.now(), one.seq);
      const running = send(one).finally(() => {
        sending.delete(running);
        wake(0);
      });
      sending.add(running);
    }
    const upcoming = next.get()?.['due'];
    if (sending.size < atOnce && typeof upcoming === 'number') wake(Math.max(upcoming - Date.now(), 50));
  }

  function wake(inMs: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(pump, inMs);
  }
  wake(0);

  return {
    urls,
    setUrls: (changed: Urls): void => {
      store.setSetting('webhooks', { ...urls(), ...changed });
      wake(0);
    },
    /** Queues one event; inside the transaction of what caused it. Nothing is queued while the channel has no URL. */
    publish(channel: Channel, event: string, subject: string, body: string): void {
      if (urls()[channel] === undefined) return;
      const { webhooks } = faults.current();
      const shuffled = webhooks?.shuffle === true;
      const dropped = faults.happens(webhooks?.dropRate, 'drop', event);
      for (let copy = 0; copy < (webhooks?.duplicate ?? 1); copy += 1) {
        const wait = shuffled ? faults.number('shuffle', `${event}${copy}`) * (webhooks?.shuffleMs ?? 2000) : 0;
        const state = dropped ? 'dropped' : 'waiting';
        add.run(channel, event, subject, body, shuffled ? 0 : 1, state, Math.floor(Date.now() + wait));
      }
      wake(0);
    },
    /** How many deliveries are in which state, by channel. */
    counts: () => counts.all().map(({ channel, state, count }) => ({ channel, state, count: Number(count) })),
    /** Gives those that were given up or dropped another round of tries. */
    redeliver(): number {
      const again = store.db.prepare(
        `update deliveries set state = 'waiting', tries = 0, due = ? where state in ('failed', 'dropped')`,
      );
      const { changes } = again.run(Date.now());
      wake(0);
      return Number(changes);
    },
    async stop(): Promise<void> {
      stopped = true;
      stopping.abort();
      clearTimeout(timer);
      await Promise.allSettled(sending);
    },
  };
}
export type Webhooks = ReturnType<typeof createWebhooks>;
