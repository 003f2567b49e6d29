import { expect } from 'vitest';
import type {
  CertifiedDisposalReason,
  CertifiedDisposalResolution,
} from '../../../domain/certified-disposal/attention.ts';
import type { Certificate } from '../../../domain/certified-disposal/certificate.ts';
import type { CertifiedDisposalCommand } from '../../../domain/certified-disposal/commands.ts';
import type { Decision } from '../../../domain/certified-disposal/decide.ts';
import { certifiedDisposalDecider } from '../../../domain/certified-disposal/decider.ts';
import type {
  CertifiedDisposalRequest,
  CertifiedDisposition,
  CertifiedTerms,
  Recorded,
} from '../../../domain/certified-disposal/events.ts';
import type { CertifiedDisposalState, Opened } from '../../../domain/certified-disposal/state.ts';
import { defaultCertifiedTerms } from '../../../domain/certified-disposal/terms.ts';
import { after } from '../../../domain/duration.ts';
import type { WantedItem } from '../../../domain/execution/item.ts';
import type { Told } from '../../../domain/execution/telling.ts';
import type { MoneyPosting } from '../../../domain/ledger.ts';
import { anItem } from '../vendor-return/world.ts';

const { decide, fold, effects, deadlines, postings } = certifiedDisposalDecider;

export const terms: CertifiedTerms = defaultCertifiedTerms;

/** Three items that cost 30.00 together. */
export const three: readonly WantedItem[] = [
  anItem({ cost: 1000 }),
  anItem({ item: 'P1-2', sku: 'TOASTER', quantity: 2, cost: 1000 }),
  anItem({ rma: '73MN-Q9TX-0', cost: 1000 }),
];

/** A certified disposal driven by hand, beside what the ledger would hold. */
export class Journey {
  state: CertifiedDisposalState = certifiedDisposalDecider.initial;
  at = '2026-03-02T09:00:00.000Z';
  /** Who acts. */
  by = 'key_1';
  last: Decision = { type: 'accepted', events: [] };
  readonly recorded: Recorded[] = [];
  readonly money: MoneyPosting[] = [];
  #commands = 0;

  get now(): Opened {
    if (this.state.status === 'initial') throw new Error('not requested yet');
    return this.state;
  }

  get happened(): string[] {
    return this.last.type === 'accepted' ? this.last.events.map(({ type }) => type) : [];
  }

  get refusal(): string | null {
    return this.last.type === 'refused' ? this.last.refusal.code : null;
  }

  /** Why a person is asked now. */
  get asked(): string[] {
    return Object.values(this.now.attention).map(({ reason }) => reason);
  }

  send(command: CertifiedDisposalCommand): this {
    this.#commands += 1;
    const commandId = `c${this.#commands}`;
    this.last = decide(this.state, { commandId, at: this.at, by: this.by, command });
    const events = this.last.type === 'accepted' ? this.last.events : [];
    const recorded = events.map((event): Recorded => ({ at: this.at, by: this.by, event }));
    this.money.push(...postings(this.state, recorded, commandId).money);
    this.state = fold(this.state, recorded);
    this.recorded.push(...recorded);
    return this;
  }

  request(disposition: CertifiedDisposition, more: Partial<CertifiedDisposalRequest> = {}): this {
    const request = {
      ...{ disposition, organisation: 'RECYCLER', facility: 'RC-1', currency: 'EUR', dutyClaimed: false },
      ...{ items: three, terms, ...more },
    };
    return this.send({ type: 'request', number: 'CD-7K3M-Q9TX-C', request });
  }

  /** Lets the returns answer all that is said to them, until nothing more is. */
  returnsAnswer(answer: (key: string) => Told = () => ({ type: 'accepted' })): this {
    for (let round = 0; round < 5 && effects(this.state).length > 0; round += 1) {
      for (const { key } of effects(this.state)) this.send({ type: 'outcome', effect: key, outcome: answer(key) });
    }
    return this;
  }

  /** Waits until the next deadline, or one of a name, and lets it come. */
  waitOut(name?: string): this {
    const next = deadlines(this.state).find(({ deadline }) => name === undefined || deadline === name);
    expect(next).toBeDefined();
    if (next === undefined) return this;
    if (next.at > this.at) this.at = next.at;
    return this.send({ type: 'deadline', deadline: next.deadline, due: next.at });
  }

  wait(duration: string): this {
    this.at = after(this.at, duration);
    return this;
  }

  resolve(reason: CertifiedDisposalReason, resolution: CertifiedDisposalResolution): this {
    const open = Object.values(this.now.attention).find((each) => each.reason === reason);
    expect(open?.reason).toBe(reason);
    return this.send({ type: 'resolve', attention: open?.attention ?? '', resolution, note: 'N' });
  }

  /** Debits less credits of an account. */
  balance(account: string): number {
    return this.money.reduce(
      (sum, { debit, credit, amount }) => sum + (debit === account ? amount : 0) - (credit === account ? amount : 0),
      0,
    );
  }

  handedOver(
    disposition: CertifiedDisposition,
    more: Partial<CertifiedDisposalRequest> = {},
    weightGrams = 3000,
  ): this {
    this.request(disposition, more).returnsAnswer();
    return this.send({ type: 'hand_over', document: 'WB-1', weightGrams, kept: [] });
  }

  certify(certificate: Certificate): this {
    return this.send({ type: 'certify', certificate });
  }

  /** From now on somebody else acts. */
  as(by: string): this {
    this.by = by;
    return this;
  }
}

const document = { certificate: 'CERT-1', issuedOn: '2026-03-01', charge: 0 };

export const aReceipt = { ...document, kind: 'donation', value: 4500 } as const satisfies Certificate;

/** Of 3 kg came 2.2 kg of two materials and 0.8 kg of residue. */
export const aRecycling = (
  more: Partial<Extract<Certificate, { kind: 'recycling' }>> = {},
): Extract<Certificate, { kind: 'recycling' }> => ({
  ...document,
  kind: 'recycling',
  weightGrams: 3000,
  materials: [
    { material: 'copper', grams: 700 },
    { material: 'abs', grams: 1500 },
  ],
  residueGrams: 800,
  proceeds: 0,
  ...more,
});

export const aDestruction: Certificate = { ...document, kind: 'destruction', method: 'shredded', weightGrams: null };
