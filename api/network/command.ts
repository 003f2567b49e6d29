import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { noted } from '../executions/command.ts';
import { LocalId, NoteText } from '../fields.ts';
import { carryOut, commandResponses } from './carry-out.ts';
import { type NetworkDesk, numberField } from './desk.ts';

/** What all routes that tell a process of the network something have in common. */
export const onNetwork = (desk: NetworkDesk) =>
  ({
    method: 'post',
    tag: desk.tag,
    problems: [404, 409, 422],
    responses: commandResponses,
    params: z.object({ number: numberField(desk) }),
  }) as const;

/** The route by which a person settles what waits for one. */
export function resolveNetworkAttention(desk: NetworkDesk): Endpoint {
  const ways = [...new Set(Object.values(desk.resolutions).flat())];
  return endpoint({
    ...onNetwork(desk),
    path: `${desk.path}/{number}/attention/{attention}/resolutions`,
    id: `resolve${desk.id}Attention`,
    summary: 'Settle what waits for a person',
    permission: 'network:decide',
    params: z.object({ number: numberField(desk), attention: LocalId }),
    body: z.strictObject({ resolution: z.enum(ways), note: NoteText }).meta({ id: `${desk.id}Resolution` }),
    handle: async (call, api) => {
      const { number, attention } = call.params;
      const { note, notes } = noted(call.commandId, call.body.note);
      const command = { type: 'resolve', attention, resolution: call.body.resolution, note };
      return await carryOut(api, call, desk, number, command, notes);
    },
  });
}
