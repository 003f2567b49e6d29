import { createHash } from 'node:crypto';
import { takeResponse } from '../../activities/recalls/respond.ts';
import type { NewConsignee } from '../../activities/recalls/sub-consignees.ts';
import { chainAbove, subConsigneeId } from '../../domain/recall/naming.ts';
import { type Answer, outcomes, type ResponseRefusal } from '../../domain/recall/response.ts';
import type { Api } from '../api.ts';
import { NoForm } from './fault-page.ts';
import type { Asked } from './find.ts';
import type { Filled, FilledRecipient } from './form.ts';
import type { Fault } from './page.ts';
import type { FieldFault } from './words.ts';

/** Taken, or why not: another response came after the page was made, or fields of the form contradict what is known. */
type Taken = 'taken' | 'overtaken' | { readonly faults: readonly Fault[] };

/**
 * Takes a response as one command: a form that is sent twice is one.
 * @param basis the response that the form was made after, 0 for none
 */
export async function respond(api: Api, asked: Asked, filled: Filled, basis: number): Promise<Taken> {
  const { recall, consignee } = asked;
  const named = recipientsIn(asked, filled, basis);
  const positions = positionsIn(asked, filled, named);
  const digest = createHash('sha256').update(JSON.stringify([basis, positions, named.map(({ as }) => as)]));
  const commandId = `link:${recall}:${consignee}:${digest.digest('base64url')}`;
  const theirs = named.filter(({ as }) => chainAbove(as.id)[0] === consignee);
  const newConsignees = [...new Map(theirs.map(({ as }) => [as.id, as])).values()];
  const said = { recall, consignee, commandId, at: new Date().toISOString(), by: 'link', channel: 'link' } as const;
  const came = await takeResponse(api.pool, { ...said, positions, newConsignees, after: basis });
  if (came.type === 'taken' || came.type === 'overtaken') return came.type;
  if (came.type === 'unknown') throw new NoForm(404, 'unknown');
  return { faults: came.refusals.map((refusal) => faultOf(asked, refusal)) };
}

type Named = { readonly recipient: FilledRecipient; readonly as: NewConsignee };

/** Whom the form names: each by one id, which is made of where it was first written down, so that it names nobody. */
function recipientsIn({ recall, consignee, language }: Asked, { recipients }: Filled, basis: number): readonly Named[] {
  return recipients.map((recipient) => {
    const { name, email } = recipient;
    const first = recipients.find((other) => other.name === name && other.email === email) ?? recipient;
    const { known } = first;
    const id = known?.consignee ?? subConsigneeId(consignee, `${recall}-${basis}-${first.row + 1}`);
    const { kind = 'business', country = null } = known ?? {};
    // Whether it is a business is more than a form knows.
    return { recipient, as: { id, kind, name, isPrivate: true, email, country, language } };
  });
}

/** Several rows that give goods of one lot to the same recipient are one. */
function positionsIn({ newestProof, reachesOn }: Asked, { goods }: Filled, named: readonly Named[]): readonly Answer[] {
  return goods.map(({ of, figures }) => {
    const passed = new Map<string, number>();
    for (const { recipient, as } of named) {
      if (recipient.of === of) passed.set(as.id, (passed.get(as.id) ?? 0) + recipient.quantity);
    }
    // Where nobody was asked whom goods went to, what is known of it stays.
    const passedOn = reachesOn ? [...passed].map(([to, quantity]) => ({ consignee: to, quantity })) : null;
    const proof = figures.destroyed > 0 ? newestProof : null;
    return { sku: of.sku, lot: of.lot, ...figures, passedOn, proof };
  });
}

/** What a refusal means to who filled in the form, at the field where it can be put right. */
function faultOf({ language, text }: Asked, { code, field }: ResponseRefusal): Fault {
  if (code === 'recall_closed') throw new NoForm(410, 'closed', { language, contact: text.contact });
  const [, index = '', rest = ''] = /^positions\[(\d+)\](?:\.(.*))?$/.exec(field) ?? [];
  const outcome = outcomes.find((one) => one === rest) ?? 'soldOn';
  return { field: `${outcome}.${index}`, code: sayings[code] ?? 'not_taken' };
}

const sayings: Readonly<Partial<Record<ResponseRefusal['code'], FieldFault>>> = {
  more_than_shipped: 'more_than_shipped',
  less_than_came_back: 'unlike_verified',
  more_passed_on_than_sold: 'sold_on_differs',
  sub_consignees_too_many: 'recipients_many',
};
