import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import type { Message } from '../workflows/process/messages.ts';
import type { Api } from './api.ts';
import type { Answer, RawCall } from './endpoint.ts';
import { Problem } from './problem.ts';
import { forgetNotes, type Note, writeNotes } from './returns/notes.ts';
import { signalProcess, type Target, tellProcess } from './telling.ts';

/** One process that exists or is about to, as commands reach it and as it answers. */
export type Addressee<Told, Outcome> = {
  /** What people know it by: an RMA, a vendor return's number. */
  readonly number: string;
  /** The same as answers name it: `{ rma }`, `{ number }`. */
  readonly named: Readonly<Record<string, string>>;
  readonly target: Target;
  readonly isInReadModel: () => Promise<boolean>;
  readonly notFound: () => Problem;
  /** What the sender is told of what the process itself answered. */
  readonly outcomeOf: (commandId: string, told: Told) => Outcome;
  /** The same of a command that the journal has, with the process as it is now; null where the read model has none. */
  readonly outcomeNow: (commandId: string, entry: Entry) => Promise<Outcome | null>;
  readonly location: string;
};

/**
 * What those who sent a command to a process with one status are told.
 * @param named how answers name the process: `{ number: z.string() }`
 * @param id the name in the API's description: `Recall`
 */
export const outcomeBody = <Named extends z.ZodRawShape>(named: Named, id: string) =>
  z
    .object({
      ...named,
      commandId: z.string(),
      version: z.int().meta({ description: 'The version of its journal after the command.' }),
      status: z.string(),
      events: z.array(z.string()).meta({ description: 'What happened, by the events’ types.' }),
      attention: z.array(z.string()).meta({ description: 'Why it needs a person now; empty where it does not.' }),
    })
    .meta({ id: `${id}Outcome` });

export const acceptedBody = <Named extends z.ZodRawShape>(named: Named, id: string) =>
  z
    .object({ ...named, commandId: z.string(), status: z.literal('accepted'), location: z.string() })
    .meta({ id: `${id}Accepted`, description: 'It was taken and will be done; location shows what came of it.' });

/** The outcome as a process with one status told it. */
export const asTold = <Told extends { readonly events: readonly string[]; readonly attention: readonly string[] }>(
  commandId: string,
  told: Told,
) => ({ ...told, commandId, events: [...told.events], attention: [...told.attention] });

/** The outcome of a command that the journal has, with the process as its row shows it; null where it has none. */
export const asRecorded = <Named extends Readonly<Record<string, string>>>(
  named: Named,
  commandId: string,
  { version, events }: Entry,
  row: { readonly status: string; readonly attention: readonly { readonly reason: string }[] } | null,
) =>
  row && {
    ...named,
    ...{ commandId, version, status: row.status, events, attention: row.attention.map(({ reason }) => reason) },
  };

/** A journal entry: its version, and the types of its events. */
export type Entry = { readonly version: number; readonly events: string[] };

/**
 * Brings a command to its process and answers with what came of it.
 * @throws {Problem} 404 where there is no such process, else the refusal
 */
export async function carryOutAt<Told, Outcome>(
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'>,
  addressee: Addressee<Told, Outcome>,
  command: { readonly type: string },
  notes: readonly Note[],
): Promise<Answer> {
  const { number, target } = addressee;
  const { commandId } = call;
  if (!(await addressee.isInReadModel()) && !(await isRunning(api, target.workflowId))) throw addressee.notFound();
  const message: Message<typeof command> = { commandId, by: call.caller.id, command };
  await writeNotes(api.db, number, call.caller.id, notes);
  try {
    if (wantsNoAnswer(call)) {
      await signalProcess(api.processes, target, message);
      return taken(addressee, commandId);
    }
    const isRecorded = async () => (await entryOf(api, target, commandId)) !== null;
    const sent = await tellProcess<Told>(api.processes, target, message, isRecorded);
    if (sent.type === 'answered') return { status: 200, body: addressee.outcomeOf(commandId, sent.outcome) };
    const entry = sent.type === 'recorded' ? await entryOf(api, target, commandId) : null;
    const outcome = entry === null ? null : await addressee.outcomeNow(commandId, entry);
    return outcome === null ? taken(addressee, commandId) : { status: 200, body: outcome };
  } catch (error) {
    // A refusal leaves nothing behind. After a fault the command may still be on its way, so its notes stay.
    if (error instanceof Problem && error.status < 500) await forgetNotes(api.db, notes);
    throw error;
  }
}

/** 202, with where to look. */
export function taken(
  { named, location }: Pick<Addressee<unknown, unknown>, 'named' | 'location'>,
  commandId: string,
): Answer {
  const body = { ...named, commandId, status: 'accepted', location };
  return { status: 202, body, headers: { location, 'retry-after': '2' } };
}

/** Whether a process runs though its journal has nothing yet: it was taken while no worker was there. */
export async function isRunning(api: Api, workflowId: string): Promise<boolean> {
  try {
    await api.processes.client.workflow.getHandle(workflowId).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** `Prefer: respond-async` (RFC 7240): the caller doesn't want to wait. */
function wantsNoAnswer(call: Pick<RawCall, 'request'>): boolean {
  const prefer = call.request.headers['prefer'];
  return [prefer ?? []].flat().some((value) => /(^|,)\s*respond-async\s*(,|;|$)/i.test(value));
}

const Events = z.array(z.object({ type: z.string() }));

/** What the journal has of a command; a process's journal has its workflow id's name. */
async function entryOf({ db }: Api, { workflowId }: Target, commandId: string): Promise<Entry | null> {
  const entry = await db.journalEntry.findUnique({
    where: { process_commandId: { process: workflowId, commandId } },
    select: { version: true, events: true },
  });
  if (entry === null) return null;
  return { version: entry.version, events: Events.parse(entry.events).map(({ type }) => type) };
}
