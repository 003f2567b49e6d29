import type { TransferMessage } from '../../workflows/transfer/messages.ts';
import type { Api } from '../api.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { carryOut } from '../network/carry-out.ts';
import type { Note } from '../returns/notes.ts';
import { transfers } from './desk.ts';

/** Brings a command to a transfer and answers with what came of it. */
export const tell = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'> & { readonly params: { readonly number: string } },
  command: TransferMessage['command'],
  notes: readonly Note[] = [],
): Promise<Answer> => carryOut(api, call, transfers, call.params.number, command, notes);
