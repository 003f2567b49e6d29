import { z } from 'zod';
import type { NewConsignee } from '../../../activities/recalls/sub-consignees.ts';
import { consigneeKinds } from '../../../domain/recall/lots.ts';
import { subConsigneeId } from '../../../domain/recall/naming.ts';
import { consigneeStates } from '../../../domain/recall/notices.ts';
import { type Answer, responseChannels } from '../../../domain/recall/response.ts';
import { Country, OutsideCode, PlainText, Quantity } from '../../fields.ts';
import { Accounted } from '../report/bodies.ts';

/** The id of a consignee; one that another named has that one's id in its own. */
export const ConsigneeId = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u, 'holds characters that no id has')
  .meta({ description: 'The id of the consignee.', example: 'STORE-17' });

const Units = z.int().min(0).max(1_000_000).exactOptional();

const PassedOn = z
  .strictObject({
    consignee: ConsigneeId.exactOptional().meta({ description: 'One that is known to us.' }),
    new: z
      .strictObject({
        reference: OutsideCode.regex(/^[^/]*$/, 'a reference has no slash').meta({
          description: 'By which the consignee that names it knows it; the same reference is the same one.',
        }),
        kind: z.enum(consigneeKinds),
        name: PlainText.min(1).max(200),
        email: z
          .email()
          .max(200)
          .nullable()
          .default(null)
          .meta({ description: 'Without one a person has to reach it.' }),
        country: Country.nullable().default(null),
        language: z
          .string()
          .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'use a language’s tag, as in de or pt-BR')
          .nullable()
          .default(null),
      })
      .exactOptional()
      .meta({ description: 'One that only the consignee that answers knows.' }),
    quantity: Quantity,
  })
  .refine((one) => (one.consignee === undefined) !== (one.new === undefined), {
    error: 'name a consignee that is known, or a new one; not both',
  })
  .meta({ id: 'PassedOn' });

const PositionBody = z
  .strictObject({
    sku: OutsideCode,
    lot: OutsideCode.nullable().default(null).meta({ description: 'Null for goods whose lot isn’t known to us.' }),
    held: Units.meta({ description: 'On hand.' }),
    returned: Units.meta({ description: 'Sent back, to us or on our behalf.' }),
    destroyed: Units,
    corrected: Units.meta({ description: 'Put right where they are.' }),
    consumed: Units.meta({ description: 'Used up.' }),
    soldOn: Units.meta({ description: 'With others now, known by name or not.' }),
    passedOn: z
      .array(PassedOn)
      .max(1_000)
      .nullable()
      .default(null)
      .meta({
        description:
          'Of what was sold on: who has it. They are written to in turn, within seconds to minutes by the size of the recall. Whoever is ' +
          'further down the chain than the recall reaches is refused here: such units are sold on and no more. Left out, it stays as it was.',
      }),
    proof: OutsideCode.nullable().default(null).meta({ description: 'The document that shows what was destroyed.' }),
  })
  // Taken for an answer, one without any would have its consignee reminded no more.
  .refine(
    ({ held, returned, destroyed, corrected, consumed, soldOn }) =>
      [held, returned, destroyed, corrected, consumed, soldOn].some((units) => units !== undefined),
    { error: 'says nothing of the goods: name a figure, 0 where none is left', path: ['held'] },
  )
  .transform(({ held = 0, returned = 0, destroyed = 0, corrected = 0, consumed = 0, soldOn = 0, ...position }) => ({
    ...position,
    ...{ held, returned, destroyed, corrected, consumed, soldOn },
  }))
  .meta({ id: 'RecallPositionAnswer', description: 'A figure that is left out is 0; at least one is named.' });

export const ResponseRequest = z.strictObject({ positions: z.array(PositionBody).min(1).max(10_000) }).meta({
  id: 'RecallResponse',
  description: 'What became of goods, position by position; one that isn’t named stays as it was.',
});

/** A request as the recall understands it: with whom goods were passed on to by their ids. */
export function answersOf(
  consignee: string,
  { positions }: z.infer<typeof ResponseRequest>,
): { readonly positions: readonly Answer[]; readonly newConsignees: readonly NewConsignee[] } {
  const newConsignees = new Map<string, NewConsignee>();
  const answers = positions.map((position): Answer => {
    const passedOn = position.passedOn?.map((sub) => {
      if (sub.new === undefined) return { consignee: sub.consignee ?? '', quantity: sub.quantity };
      const { reference, ...told } = sub.new;
      const id = subConsigneeId(consignee, reference);
      newConsignees.set(id, { id, isPrivate: told.kind === 'shopper', ...told });
      return { consignee: id, quantity: sub.quantity };
    });
    return { ...position, passedOn: passedOn ?? null };
  });
  return { positions: answers, newConsignees: [...newConsignees.values()] };
}

const Position = z
  .object({
    sku: z.string(),
    lot: z.string().nullable(),
    affected: z.int().meta({ description: 'What it got, by the trace and from others, with what it identified.' }),
    possible: z.int().meta({ description: 'Units that may be affected, which only it can tell.' }),
    takenOver: z.int().meta({ description: 'Of what is affected: from consignees that named it.' }),
    response: z
      .int()
      .nullable()
      .meta({ description: 'The number of the response that counts; null while it is to answer.' }),
    claimed: Accounted.meta({ description: 'What it says, and what we have seen.' }),
    verified: Accounted.meta({ description: 'What we have seen.' }),
    unaccounted: z.int(),
    passedOn: z.array(z.object({ consignee: z.string(), quantity: z.int() })),
  })
  .meta({ id: 'RecallPosition' });

export const ConsigneeAnswersBody = z
  .object({
    recall: z.string(),
    consignee: z.string(),
    state: z.enum(consigneeStates),
    positions: z.array(Position),
    returns: z.array(z.string()).meta({ description: 'RMAs of the returns that bring its goods back.' }),
    responses: z
      .array(
        z.object({
          number: z.int(),
          at: z.iso.datetime(),
          by: z.string(),
          channel: z.enum(responseChannels),
          positions: z.array(z.looseObject({ sku: z.string(), lot: z.string().nullable() })),
        }),
      )
      .meta({ description: 'Each as it was said, newest first.' }),
  })
  .meta({ id: 'RecallConsigneeAnswers' });
