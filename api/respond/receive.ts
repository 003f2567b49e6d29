import type { IncomingMessage } from 'node:http';
import type { ResponseLink } from '../../activities/notices/link.ts';
import type { Api } from '../api.ts';
import { formOf } from './body.ts';
import { NoForm } from './fault-page.ts';
import { type Asked, askedBy, MOST_GOODS } from './find.ts';
import { type Filled, moreRows, readResponse } from './form.ts';
import { type Fault, responsePage, type Shown } from './page.ts';
import { keepProofs, proofsIn } from './proofs.ts';
import { respond } from './respond.ts';
import type { FieldFault } from './words.ts';

/** A page that asks again, with what was filled in. */
type AskedAgain = { readonly status: number; readonly text: string };

/**
 * Takes what a consignee sent: one response, or a wish for more rows.
 * @returns null where it was taken; else the page with what is to be put right
 * @throws {NoForm} where no response can be made of it
 */
export async function receive(api: Api, link: ResponseLink, request: IncomingMessage): Promise<AskedAgain | null> {
  const asked = await askedBy(api, link);
  const form = await formOf(request);
  const basis = Number(form.get('basis'));
  const again = async (status: number, shown: Omit<Shown, 'overtaken'>, overtaken = false): Promise<AskedAgain> => {
    return { status, text: responsePage(link, await askedBy(api, link), { ...shown, overtaken }) };
  };
  if (form.get('do') === 'none') {
    const taken = await respond(api, asked, nothingOf(asked), basis);
    // Whoever has answered otherwise meanwhile sees that on the page.
    return taken === 'taken' || taken === 'overtaken' ? null : await again(422, { entered: {}, rows: 0, ...taken });
  }
  // More goods than a form holds are told in another way, as its page says.
  if (asked.goods.length > MOST_GOODS) throw new NoForm(400, 'unreadable');
  const read = readResponse(form, asked);
  if (read === null) throw new NoForm(400, 'unreadable');
  const { entered, rows } = read;
  const { faults: wrongFiles, newestProof = asked.newestProof } = await keepIn(api, link, form);
  if (form.get('do') === 'more') return await again(200, { entered, rows: moreRows(asked, rows), faults: wrongFiles });
  if ('faults' in read) return await again(422, { entered, rows, faults: [...read.faults, ...wrongFiles] });
  if (wrongFiles.length > 0) return await again(422, { entered, rows, faults: wrongFiles });
  const taken = await respond(api, { ...asked, newestProof }, read.filled, basis);
  if (taken === 'taken') return null;
  if (taken === 'overtaken') return await again(409, { entered, rows, faults: [] }, true);
  return await again(422, { entered, rows, ...taken });
}

/** That all goods are gone, and nothing yet of where to. */
const nothingOf = ({ goods }: Asked): Filled => {
  const figures = { held: 0, returned: 0, destroyed: 0, corrected: 0, consumed: 0, soldOn: 0 };
  return { goods: goods.map((of) => ({ of, figures })), recipients: [] };
};

/** Files are kept also where something else is to be put right: a browser doesn't fill them in again. */
async function keepIn(
  api: Api,
  link: ResponseLink,
  form: FormData,
): Promise<{ readonly faults: readonly Fault[]; readonly newestProof?: string }> {
  const wrong = (code: FieldFault) => ({ faults: [{ field: 'proof', code }] });
  const proofs = await proofsIn(form);
  if (typeof proofs === 'string') return wrong(proofs);
  if (proofs.length === 0) return { faults: [] };
  const newestProof = await keepProofs(api, link, proofs);
  return newestProof === null ? wrong('files_no_room') : { faults: [], newestProof };
}
