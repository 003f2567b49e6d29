import type { ResponseLink } from '../../activities/notices/link.ts';
import { readTexts } from '../../activities/notices/texts.ts';
import type { RecallText } from '../../activities/notices/write.ts';
import { type ConsigneeKind, consigneeKinds } from '../../domain/recall/lots.ts';
import { chainAbove } from '../../domain/recall/naming.ts';
import { type NoticeLanguage, noticeLanguages } from '../../domain/recall/notices.ts';
import type { Outcome } from '../../domain/recall/response.ts';
import {
  depths,
  type HazardClass,
  hazardClasses,
  type RecallKind,
  reachedBy,
  recallKinds,
} from '../../domain/recall/terms.ts';
import type { Api } from '../api.ts';
import { NoForm } from './fault-page.ts';

/** What a consignee was sent of the goods, and what they said became of it. */
export type Goods = {
  readonly sku: string;
  readonly lot: string | null;
  /** The most that there can be of it. */
  readonly quantity: number;
  readonly said: Readonly<Record<Outcome, number>>;
};

/** Whom a consignee named before, of goods by their place in the list. */
export type Recipient = {
  readonly consignee: string;
  readonly kind: ConsigneeKind;
  readonly country: string | null;
  readonly goods: number;
  readonly name: string;
  readonly email: string;
  readonly quantity: number;
};

/** A form with more goods is of no use to anybody; so many are shown all the same. */
export const MOST_GOODS = 300;
/** Each recipient's row offers all goods: so many choices together are still a page. */
const MOST_CHOICES = 20_000;

/** More recipients than that don't fit into a form, with room for some more. */
export const mostRecipients = ({ length }: readonly Goods[]): number =>
  Math.min(190, Math.max(0, Math.floor(MOST_CHOICES / Math.max(1, length)) - 10));

/** What one consignee is asked: nothing of anybody else's. */
export type Asked = {
  readonly recall: string;
  readonly consignee: string;
  readonly kind: RecallKind;
  readonly hazardClass: HazardClass | null;
  readonly mock: boolean;
  readonly language: NoticeLanguage;
  readonly text: RecallText;
  readonly goods: readonly Goods[];
  readonly recipients: readonly Recipient[];
  readonly latest: { readonly number: number; readonly at: string } | null;
  /** The number of the latest response; 0 before the first. */
  readonly basis: number;
  readonly proofs: number;
  readonly newestProof: string | null;
  /**
   * Whether it is asked whom they passed goods on to: a recall reaches only so far down the chain, and a form holds only so many;
   * those of more are told over the API, and stay as they are here.
   */
  readonly reachesOn: boolean;
};

/**
 * What whoever has a link is asked.
 * @throws {NoForm} where it names nobody, has expired, or its recall is closed
 */
export async function askedBy(api: Api, link: ResponseLink): Promise<Asked> {
  const { recall, consignee } = link;
  const row = await api.db.recallConsignee.findUnique({
    where: { recall_consignee: { recall, consignee } },
    include: {
      of: { select: { kind: true, hazardClass: true, mock: true, status: true, outcome: true, depth: true } },
      who: { select: { language: true } },
      responses: { orderBy: { number: 'desc' }, take: 1, select: { number: true, at: true } },
      proofs: { orderBy: { id: 'asc' }, select: { id: true } },
    },
  });
  if (row === null) throw new NoForm(404, 'unknown');
  const { language, text } = (await readTexts(api.pool, recall)).for(row.who.language);
  const known = { language, contact: text.contact };
  if (row.of.outcome === 'withdrawn') throw new NoForm(410, 'withdrawn', known);
  if (row.of.status === 'closed') throw new NoForm(410, 'closed', known);
  if (Date.parse(link.expiresAt) <= Date.now()) throw new NoForm(410, 'expired', known);
  const goods = await goodsOf(api, link);
  const [latest] = row.responses;
  const recipients = await recipientsOf(api, link, goods);
  return {
    ...{ recall, consignee, language, text, goods },
    kind: oneOf(recallKinds, row.of.kind),
    hazardClass: row.of.hazardClass === null ? null : oneOf(hazardClasses, row.of.hazardClass),
    mock: row.of.mock,
    recipients,
    latest: latest === undefined ? null : { number: latest.number, at: latest.at.toISOString() },
    basis: latest?.number ?? 0,
    proofs: row.proofs.length,
    newestProof: row.proofs.at(-1)?.id.toString() ?? null,
    reachesOn:
      recipients.length <= mostRecipients(goods) && reachedBy[oneOf(depths, row.of.depth)].includes('business'),
  };
}

async function goodsOf({ db }: Api, { recall, consignee }: ResponseLink): Promise<readonly Goods[]> {
  const rows = await db.recallPosition.findMany({
    where: { recall, consignee },
    orderBy: [{ sku: 'asc' }, { lot: 'asc' }],
  });
  return rows.map((row) => ({
    sku: row.sku,
    lot: row.lot,
    quantity: row.traced + row.takenOver + row.possible,
    said: {
      held: row.saidHeld,
      returned: row.saidReturned,
      destroyed: row.saidDestroyed,
      corrected: row.saidCorrected,
      consumed: row.saidConsumed,
      soldOn: row.saidSoldOn,
    },
  }));
}

async function recipientsOf(
  { db }: Api,
  { recall, consignee }: ResponseLink,
  goods: readonly Goods[],
): Promise<readonly Recipient[]> {
  const rows = await db.recallPassedOn.findMany({
    where: { recall, consignee },
    include: { to: { select: { id: true, kind: true, country: true, name: true, contactId: true } } },
    orderBy: { id: 'asc' },
  });
  const ids = rows.flatMap(({ to }) => (to.contactId === null ? [] : [to.contactId]));
  const contacts = await db.contact.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, email: true },
  });
  return rows.map(({ sku, lot, quantity, to }) => {
    // What we know of others than they told us of is not for them to see.
    const isTheirs = chainAbove(to.id)[0] === consignee;
    const contact = isTheirs ? contacts.find(({ id }) => id === to.contactId) : undefined;
    return {
      ...{ consignee: to.id, kind: oneOf(consigneeKinds, to.kind), country: to.country },
      goods: goods.findIndex((each) => each.sku === sku && each.lot === lot),
      name: to.name ?? contact?.name ?? to.id,
      email: contact?.email ?? '',
      quantity,
    };
  });
}

/** What the database's own check lets through. */
function oneOf<T extends string>(values: readonly T[], value: string): T {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new Error(`${value} is none of ${values.join(', ')}`);
  return found;
}

/** The best of our languages for a browser's wishes, where nothing is known of its reader. */
export function languageOf(acceptLanguage: string | undefined): NoticeLanguage {
  const wanted = (acceptLanguage ?? '').split(',').map((wish) => wish.trim().slice(0, 2).toLowerCase());
  return wanted.flatMap((wish) => noticeLanguages.filter((language) => language === wish))[0] ?? 'en';
}
