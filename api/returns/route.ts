import { routeReturn } from '../../domain/policy/routing.ts';
import type { RequestFacts } from '../../domain/return/commands.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import type { Api } from '../api.ts';
import { Problem } from '../problem.ts';

/**
 * The facility that receives a return: the one that was asked for, else the one that the policy routes it to.
 * @throws {Problem} 422 `unknown_facility`
 */
export async function receivedBy(
  api: Api,
  named: string | undefined,
  { policy, order }: RequestFacts,
): Promise<Pick<ReturnRequest, 'facility' | 'routing'>> {
  if (named !== undefined) {
    await mustReceive(api, named);
    return { facility: named };
  }
  const rows = await api.db.facility.findMany({ select: { id: true, country: true, capabilities: true } });
  const facilities = rows.map(({ id, ...facility }) => ({ facility: id, ...facility }));
  const categories = order.lines.map(({ category }) => category);
  const routed = routeReturn(policy.routing, order, categories, facilities);
  if (routed === null) throw unknown('there is no facility that could receive goods');
  const { facility, ...routing } = routed;
  return { facility, routing };
}

/** @throws {Problem} 422 `unknown_facility` */
export async function mustReceive(api: Api, facility: string): Promise<void> {
  const row = await api.db.facility.findUnique({ where: { id: facility }, select: { id: true } });
  if (row === null) throw unknown(`there is no facility ${facility}`);
}

const unknown = (detail: string) => new Problem(422, 'unknown_facility', `facility: ${detail}`, { field: 'facility' });
