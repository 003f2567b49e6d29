import { lastingPairs } from '../../workflows/process/attributes.ts';
import type { Api } from '../api.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { startProcess } from '../telling.ts';
import { accepted } from './carry-out.ts';
import { type NetworkDesk, networkTarget, numberFor } from './desk.ts';

type Starting<Request> = {
  readonly request: Request;
  /** What engineers find it by. */
  readonly facility: string | null;
  readonly skus: readonly string[];
};

/**
 * Starts a process of the network and answers with it; a repeated command finds the one that it started.
 * @param startingWith what it starts with, read only where it is new
 * @param find the process as it leaves; null where the read model has none yet
 */
export async function startNetwork<Request extends object>(
  api: Api,
  desk: NetworkDesk,
  { commandId, caller }: Pick<RawCall, 'commandId' | 'caller'>,
  startingWith: () => Promise<Starting<Request>>,
  find: (number: string) => Promise<object | null>,
): Promise<Answer> {
  const number = numberFor(desk.kind, commandId);
  const process = desk.workflowId(number);
  if ((await api.db.journalEntry.findFirst({ where: { process } })) === null) {
    const { request, facility, skus } = await startingWith();
    const target = networkTarget(desk, number, { commandId, by: caller.id, request });
    const sent = await startProcess(api.processes, target, request, lastingPairs(desk.kind, facility, [], skus));
    if (sent.type === 'accepted') return accepted(desk, number, commandId);
  }
  const body = await find(number);
  if (body === null) return accepted(desk, number, commandId);
  return { status: 201, body, headers: { location: `${desk.path}/${number}` } };
}
