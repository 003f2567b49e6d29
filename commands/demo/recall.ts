import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Guide } from './guide.ts';
import { Facility, filesOf, Goods, Questions, Recall, Report } from './recall-world.ts';
import { facility } from './shop.ts';
import type { Stage } from './stage.ts';

const EXAMPLE = join(import.meta.dirname, '../import-openfda/example.json');
const Records = z.object({ results: z.array(z.record(z.string(), z.unknown())) });
const Drafted = z.object({ number: z.string(), hazardClass: z.string().nullable(), openQuestions: z.int() });

const texts = [
  {
    language: 'en',
    product: 'Almond butter, 16 oz jar',
    reason: 'Possible contamination with Salmonella.',
    instructions: 'Stop selling it, keep it apart, and tell us what you have.',
    contact: 'recalls@shop.example',
  },
];

/** A recall from an authority's record to its report, over HTTP. Sets the exit code where its account doesn't add up. */
export async function showRecall({ api, outside }: Stage): Promise<void> {
  const say = (line: string) => console.log(`  ${line}`);
  const guide = new Guide(api, say);
  const goods = new Goods(Date.now().toString(36).toUpperCase());
  console.log('\nAlmond butter that went to a store, a café, a distributor and a shopper is recalled');
  for (const [path, csv] of filesOf(goods)) await guide.upload(path, csv);
  say(`books       ${goods.sku}: lots AB24017 and AB24018 came in, and left for four consignees`);

  const number = await draft(guide, goods);
  await settle(guide, number);
  await guide.post(`recalls/${number}/launch`, undefined);
  const at = `recalls/${number}`;
  const told = await guide.untilOf(at, Recall, ({ status }) => status === 'notified');
  say(`launch      stop sale on ${told.lots} lots: ${told.heldUnits} units of ours are held`);
  const letters = (await outside.letters()).filter(({ to }) => to.endsWith(goods.mailDomain));
  say(`notify      ${told.consignees} consignees in ${told.waves} wave, ${letters.length} letters at the mail server`);

  await confirm(guide, number);
  await respond(guide, number, goods);
  await answerForKiosk(outside, goods, say);
  const missing = 'One jar is with a shopper who does not answer any more.';
  await guide.post(`${at}/complete`, { note: missing });
  say(`complete    with a note, as a unit is unaccounted for: ${missing}`);
  await guide.untilOf(at, Recall, ({ waves, wavesEnded }) => waves === wavesEnded);
  await guide.post(`${at}/terminate`, undefined);
  const { account, consignees } = await guide.read(`${at}/report`, Report);
  const { held, returned, destroyed, corrected, consumed, soldOn } = account.claimed;
  const accounted = held + returned + destroyed + corrected + consumed + soldOn;
  const balanced = account.affected === goods.units && account.affected === accounted + account.unaccounted;
  say(`report      ${consignees.responded} of ${consignees.total} consignees answered`);
  say(`            ${account.affected} units affected = ${held} held + ${returned} returned + ${destroyed} destroyed`);
  say(
    `            + ${corrected} corrected + ${consumed} consumed + ${soldOn} sold on + ${account.unaccounted} unaccounted`,
  );
  if (!balanced) process.exitCode = 1;
  const { unaccounted } = account;
  console.log(
    `\n${JSON.stringify({ recall: number, consignees: consignees.total, affected: account.affected, accounted, unaccounted, balanced })}`,
  );
}

/** The record that comes with the product becomes a draft with questions. */
async function draft(guide: Guide, { sku }: Goods): Promise<string> {
  const [record] = Records.parse(JSON.parse(await readFile(EXAMPLE, 'utf8'))).results;
  const body = { depth: 'consumer', effectiveness: 'E', record, skus: [sku], texts };
  const made = Drafted.parse(await guide.post('recalls', body));
  guide.say(`record      «${String(record?.['code_info'])}»`);
  guide.say(
    `draft       ${made.number}, class ${made.hazardClass}: ${made.openQuestions} questions before it can be launched`,
  );
  return made.number;
}

/** What is in the scope is confirmed; what else the record says gets its note. */
async function settle(guide: Guide, number: string): Promise<void> {
  const { data } = await guide.read(`recalls/${number}/questions`, Questions);
  const isDate = (type: string | undefined) => type === 'date' || type === 'date_range';
  const groups = [
    ['confirm', 'of our records', data.filter(({ known, proposal }) => known !== false && !isDate(proposal?.type))],
    ['dismiss', 'Never came to us.', data.filter(({ known }) => known === false)],
    ['dismiss', 'Printed on the lots that are named.', data.filter(({ proposal }) => isDate(proposal?.type))],
  ] as const;
  for (const [resolution, note, questions] of groups) {
    const named = questions.map(({ question }) => question);
    await guide.post(`recalls/${number}/questions/resolutions`, { questions: named, resolution, note });
    guide.say(`${resolution}     ${questions.map(({ text }) => `«${text}»`).join(', ')}: ${note}`);
  }
}

/** Our own facility finds what is stopped there, all that the books have. */
async function confirm(guide: Guide, number: string): Promise<void> {
  const at = `recalls/${number}/facilities/${facility}`;
  const { positions, onBooks } = await guide.read(at, Facility);
  const counts = positions.map(({ sku, lot, onBooks: found }) => ({ sku, lot, found, location: 'RECALL-CAGE' }));
  const { state } = Facility.parse(await guide.post(`${at}/confirmations`, { counts }));
  guide.say(`confirm     ${facility} has found the ${onBooks} units of ours and set them aside: ${state}`);
}

/** Each consignee says what became of its goods, one of them by way of a file. */
async function respond(guide: Guide, number: string, goods: Goods): Promise<void> {
  const at = `recalls/${number}`;
  const answer = (consignee: string, position: object) =>
    guide.post(`${at}/consignees/${encodeURIComponent(consignee)}/responses`, {
      positions: [{ sku: goods.sku, lot: 'AB24017', ...position }],
    });
  const kiosk = { reference: 'KIOSK', kind: 'business', name: 'A kiosk', email: kioskOf(goods), language: 'en' };
  await answer(goods.store, { held: 12, soldOn: 28, passedOn: [{ new: kiosk, quantity: 6 }] });
  guide.say(
    'respond     the store has 12 on hand, has sold 22 to people whom it doesn’t know, and 6 to a kiosk that it names',
  );
  await answer(goods.cafe, { destroyed: 6, consumed: 4, proof: 'PHOTO-17' });
  guide.say('respond     the café has used 4 and destroyed 6');
  await answer(goods.distributor, { lot: 'AB24018', held: 20, returned: 10 });
  guide.say('respond     the distributor has 20, and has sent 10 back');
  await guide.upload(`${at}/responses`, `consignee,sku,lot,consumed\n${goods.shopper},${goods.sku},AB24018,1\n`);
  guide.say('respond     the shopper has eaten one, and says nothing of the other; taken down from a file');
}

const kioskOf = ({ mailDomain }: Goods): string => `kiosk${mailDomain}`;

/** Whom the store named is written to, and answers by the link in that letter, as its browser would. */
async function answerForKiosk(outside: Stage['outside'], goods: Goods, say: (line: string) => void): Promise<void> {
  let letter: string | null = null;
  for (let attempt = 0; attempt < 120 && letter === null; attempt += 1) {
    await sleep(250);
    letter = await outside.letterTo(kioskOf(goods));
  }
  const [link] = /http\S+\/respond\/[\w.-]+/.exec(letter ?? '') ?? [];
  if (link === undefined) throw new Error('The kiosk that the store named got no letter with a link.');
  const form = {
    do: 'respond',
    basis: '0',
    rows: '0',
    'sku.0': goods.sku,
    'lot.0': 'AB24017',
    'held.0': '2',
    'consumed.0': '4',
  };
  const { status } = await fetch(link, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  if (status !== 303) throw new Error(`The kiosk’s answer was not taken: ${status} by ${link}`);
  say('respond     the kiosk was written to in turn; by the link in its letter it says that it has 2, and has used 4');
}
