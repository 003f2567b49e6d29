import { z } from 'zod';
import type { CommandOutcome, ReturnMessage } from '../../workflows/return/messages.ts';
import type { Api } from '../api.ts';
import { type Addressee, carryOutAt, taken } from '../carry-out.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { returnTarget } from '../send.ts';
import type { Note } from './notes.ts';

const CommandOutcomeBody = z
  .object({
    rma: z.string(),
    commandId: z.string(),
    version: z.int().meta({ description: 'The version of the return’s journal after the command.' }),
    status: z.object({ goods: z.string(), money: z.string() }),
    events: z.array(z.string()).meta({ description: 'What happened, by the events’ types.' }),
    attention: z.array(z.string()).meta({ description: 'Why the return needs a person now; empty where it does not.' }),
  })
  .meta({ id: 'CommandOutcome' });
type Outcome = z.infer<typeof CommandOutcomeBody>;

export const AcceptedBody = z
  .object({ rma: z.string(), commandId: z.string(), status: z.literal('accepted'), location: z.string() })
  .meta({ id: 'Accepted', description: 'It was taken and will be done; location shows what came of it.' });

export const commandResponses = {
  200: { description: 'It was done.', schema: CommandOutcomeBody },
  202: { description: 'It was taken and will be done.', schema: AcceptedBody },
};

/**
 * Brings a command to its return and answers with what came of it.
 * @throws {Problem} 404 where there is no such return, else the refusal
 */
export const carryOut = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'>,
  rma: string,
  command: ReturnMessage['command'],
  notes: readonly Note[] = [],
): Promise<Answer> => carryOutAt(api, call, returnOf(api, rma), command, notes);

/** 202, with where to look. */
export const accepted = (rma: string, commandId: string): Answer => taken(placeOf(rma), commandId);

const placeOf = (rma: string) => ({ named: { rma }, location: `/v1/returns/${rma}` });

const returnOf = ({ db }: Api, rma: string): Addressee<CommandOutcome, Outcome> => ({
  ...placeOf(rma),
  number: rma,
  target: returnTarget(rma),
  isInReadModel: async () => (await db.return.findUnique({ where: { rma }, select: { rma: true } })) !== null,
  notFound: () => returnNotFound(rma),
  outcomeOf: (commandId, { version, goods, money, events, attention }) => ({
    rma,
    commandId,
    version,
    status: { goods, money },
    events: [...events],
    attention: [...attention],
  }),
  outcomeNow: async (commandId, { version, events }) => {
    const row = await db.return.findUnique({
      where: { rma },
      include: { attention: { where: { resolvedAt: null } } },
    });
    if (row === null) return null;
    const attention = row.attention.map(({ reason }) => reason);
    return { rma, commandId, version, status: { goods: row.goods, money: row.money }, events, attention };
  },
});

export const returnNotFound = (rma: string): Problem =>
  new Problem(404, 'return_not_found', `there is no return ${rma}; look for it with GET /v1/returns?text=…`);
