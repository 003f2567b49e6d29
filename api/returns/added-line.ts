import { z } from 'zod';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { Api } from '../api.ts';
import { Problem } from '../problem.ts';
import { returnNotFound } from './carry-out.ts';
import { checkedRequest, lineFields, namesOne, ReturnRequestBody } from './request.ts';

const { seen: _brought, ...fields } = lineFields;

/** A line of the order that joins a return. */
export const AddedLine = namesOne(z.strictObject(fields)).meta({ id: 'AddedLine' });

/**
 * The line with what is known of its order now, checked like a line of a request.
 * @throws {Problem} 404 where there is no such return, 422 where the order has no such line or fewer units are left
 */
export async function addedLine(
  api: Api,
  rma: string,
  line: z.infer<typeof AddedLine>,
): Promise<Pick<Extract<ReturnCommand, { type: 'add_line' }>, 'asked' | 'order'>> {
  const row = await api.db.return.findUnique({
    where: { rma },
    select: { orderId: true, program: true, facility: true },
  });
  if (row === null) throw returnNotFound(rma);
  const { orderId: order, ...rest } = row;
  // How it comes and what it is paid by is the return's to say: it may need more than a line tells.
  const method = 'drop_off';
  const body = ReturnRequestBody.parse({ order, ...rest, method, lines: [line] });
  const { request, facts } = await checkedRequest(api, body);
  const [asked, more] = request.lines;
  if (more !== undefined) {
    const detail = 'orderLine: a kit joins a return by its components, one after the other';
    throw new Problem(422, 'kit_by_component', detail, { field: 'orderLine' });
  }
  if (asked === undefined) throw new Error('a request of one line was checked and has none');
  const { line: _numbered, ...named } = asked;
  return { asked: named, order: facts.order };
}
