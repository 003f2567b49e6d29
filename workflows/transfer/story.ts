import { inTransit, linesOf, type Opened, type TransferLine } from '../../domain/transfer/state.ts';
import { code, list, type Shown } from '../process/story.ts';

/** What is of its own in the story of a transfer. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { number, from, to, by, tracking, shipBy, arriveBy, plan } = state;
  const carriage =
    by.type === 'trip' ? `trip ${code(by.trip)}` : by.type === 'parcel' ? code(by.carrier ?? 'a carrier') : 'us';
  const is = [
    `**${number}** · goods from ${code(from)} to ${code(to)}${plan === null ? '' : `, as plan ${code(plan)} wants it`}`,
    `Is **${state.status}**${state.turnedBack ? ' and turned back' : ''}, journal version ${version}.`,
    `Goes with ${carriage}${tracking === null ? '' : `, ${code(tracking)}`}; to leave by ${shipBy} and to be there by ${arriveBy}.`,
  ];
  return { is, lists: [list('Lines', linesOf(state).map(lineOf))] };
}

function lineOf(its: TransferLine): string {
  const { line, sku, lot, quantity, shipped, received, held, lost } = its;
  return (
    `${line} ${quantity} × ${code(sku)}${lot === null ? '' : ` of lot ${code(lot)}`}: ${shipped} sent, ` +
    `${inTransit(its)} under way, ${received} received, ${held} held back, ${lost} lost`
  );
}
