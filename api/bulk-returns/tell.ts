import { z } from 'zod';
import type { ReturnMessage } from '../../workflows/return/messages.ts';
import type { Api } from '../api.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { send } from '../send.ts';
import { inLanes, isRecorded } from './deliver.ts';

const ToldBody = z
  .object({
    rma: z.string(),
    sections: z.array(
      z.object({
        rma: z.string(),
        result: z
          .enum(['done', 'accepted', 'refused'])
          .meta({ description: 'accepted: it was taken and will be done.' }),
        code: z.string().nullable().meta({ description: 'Why it was refused.' }),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'SectionsTold', description: 'What came of a command at each section that it concerned.' });

export const toldResponses = { 200: { description: 'What came of it, section by section.', schema: ToldBody } };

/** What a section is told; `name` tells the messages of one section apart. */
export type ForSection = { readonly rma: string; readonly name?: string; readonly command: ReturnMessage['command'] };

/**
 * Brings each section what it is to be told, a few at a time, and says what came of it. A section that refuses doesn't hold
 * up the others; asked again with the same Idempotency-Key, none does it twice.
 *
 * @throws {Problem} 409 `nothing_waits` where no section is concerned; the first refusal where all refuse
 */
export async function tellSections(
  api: Api,
  { commandId, caller }: Pick<RawCall, 'commandId' | 'caller'>,
  whole: string,
  messages: readonly ForSection[],
): Promise<Answer> {
  if (messages.length === 0) throw new Problem(409, 'nothing_waits', `nothing of ${whole} waits for this now`);
  const sections = [...Map.groupBy(messages, ({ rma }) => rma)];
  const problems: Problem[] = [];
  const told = await inLanes(sections, async ([rma, ofSection]) => {
    const name = rma.slice(rma.indexOf('.') + 1);
    let result: 'done' | 'accepted' = 'done';
    try {
      for (const { name: part, command } of ofSection) {
        const id = [commandId, name, part].filter((each) => each !== undefined).join(':');
        const message = { commandId: id, by: caller.id, command };
        const sent = await send(api.processes, rma, message, () => isRecorded(api, rma, id));
        if (sent.type === 'accepted') result = 'accepted';
      }
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      problems.push(error);
      return { rma, result: 'refused', code: error.code, detail: error.message } as const;
    }
    return { rma, result, code: null, detail: null };
  });
  const [first] = problems;
  if (first !== undefined && problems.length === sections.length) throw first;
  const body: z.infer<typeof ToldBody> = { rma: whole, sections: told };
  return { status: 200, body };
}
