import { z } from 'zod';
import type { Client } from '../faults/client.ts';
import type { Guide } from './guide.ts';

const Created = z.object({ number: z.string() });
const Gathered = z.object({ items: z.array(z.object({ state: z.string() })) });

const document = () => ({ issuedOn: new Date().toISOString().slice(0, 10) });

/** Gathers the return's item for an organisation. @returns where the disposal is read and spoken to */
async function gathered(guide: Guide, disposition: string, organisation: string): Promise<string> {
  const { facility, rma } = await guide.now();
  const request = { disposition, organisation, facility, items: [{ rma, item: 'P1-1' }] };
  const { number } = Created.parse(await guide.post('certified-disposals', request));
  const path = `certified-disposals/${number}`;
  await guide.untilOf(path, Gathered, ({ items }) => items[0]?.state === 'held');
  guide.say(`dispose     certified disposal ${number} has the item, for ${organisation}`);
  return path;
}

/** A gift, with its receipt. */
export async function givenAway(guide: Guide): Promise<void> {
  const path = await gathered(guide, 'donate', 'SCHOOL-KITCHEN');
  await guide.post(`${path}/handover`, { document: 'WB-3' });
  await guide.post(`${path}/certificate`, { kind: 'donation', certificate: 'GIFT-3', value: '7.00', ...document() });
  guide.say('dispose     handed over; donation receipt GIFT-3, worth 7.00 EUR');
}

/** Weighed, and certified: what went in came out as materials and residue. */
export async function recycled(guide: Guide, organisation = 'COPPER-WORKS'): Promise<void> {
  const path = await gathered(guide, 'recycle', organisation);
  await guide.post(`${path}/handover`, { document: 'WB-8', weightGrams: 900 });
  const materials = [{ material: 'copper', grams: 240 }];
  const certificate = { kind: 'recycling', certificate: 'CERT-8', weightGrams: 900, materials, residueGrams: 660 };
  await guide.post(`${path}/certificate`, { ...certificate, proceeds: '0.60', ...document() });
  guide.say('dispose     900 g handed over; certificate CERT-8: 240 g copper, 660 g residue, 0.60 EUR for it');
}

/** Seen by somebody else than who handed it over. */
export async function destroyed(guide: Guide, colleague: () => Promise<Client>): Promise<void> {
  const path = await gathered(guide, 'destroy', 'SHREDDER');
  await guide.post(`${path}/handover`, { document: 'WB-9' });
  const certificate = { kind: 'destruction', certificate: 'CERT-9', method: 'incinerated', ...document() };
  await guide.post(`${path}/certificate`, certificate);
  await guide.as(await colleague()).post(`${path}/witnesses`, { role: 'witness' });
  guide.say('dispose     handed over, certificate CERT-9, and a second person saw it burn');
}
