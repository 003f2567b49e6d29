import type { LiquidationMessage } from '../../workflows/liquidation/messages.ts';
import type { Api } from '../api.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { carryOut } from '../executions/carry-out.ts';
import { currencyOf, minorUnits } from '../executions/command.ts';
import type { Note } from '../returns/notes.ts';
import { liquidations } from './desk.ts';

type OnLiquidation = Pick<RawCall, 'request' | 'commandId' | 'caller'> & {
  readonly params: { readonly number: string };
};

/** Brings a command to its liquidation. */
export const tell = (
  api: Api,
  call: OnLiquidation,
  command: LiquidationMessage['command'],
  notes: readonly Note[] = [],
): Promise<Answer> => carryOut(api, call, liquidations, call.params.number, command, notes);

/** Reads an amount in the liquidation's currency. */
export async function amountIn(api: Api, call: OnLiquidation, text: string, field: string): Promise<number> {
  return minorUnits(text, await currencyOf(api, liquidations, call.params.number), field);
}
