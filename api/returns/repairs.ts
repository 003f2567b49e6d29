import { z } from 'zod';
import { moneyInstruments } from '../../domain/policy/policy.ts';
import { repairEndings } from '../../domain/return/events/repair.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, NoteText, Rma } from '../fields.ts';
import { carryOut, commandResponses } from './carry-out.ts';
import { noteId } from './notes.ts';

/** What becomes of goods that are not repaired for their owner after all. */
export const repairEndpoints = [
  endpoint({
    method: 'post',
    tag: 'Returns',
    problems: [404, 409, 422],
    responses: commandResponses,
    path: '/v1/returns/{rma}/items/{item}/repair-endings',
    id: 'endRepair',
    summary: 'Give another remedy for goods that were to be repaired',
    description:
      'The goods become yours, and their owner gets what the policy offers next, or what is named here of it. What can’t be ' +
      'repaired, or was given up at the bench, gets its next remedy by itself.',
    permission: 'returns:decide',
    params: z.object({ rma: Rma, item: LocalId }),
    body: z
      .strictObject({
        why: z.enum(repairEndings),
        instead: z
          .enum([...moneyInstruments, 'replacement'])
          .exactOptional()
          .meta({ description: 'Absent: the first of the policy’s instruments that can be had.' }),
        note: NoteText,
      })
      .meta({ id: 'RepairEnding' }),
    handle: async (call, api) => {
      const { rma, item } = call.params;
      const note = { id: noteId(call.commandId), text: call.body.note };
      return await carryOut(api, call, rma, { type: 'end_repair', item, ...call.body, note: note.id }, [note]);
    },
  }),
];
