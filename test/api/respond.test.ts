import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { signLink } from '../../activities/notices/link.ts';
import { addressOf, codeOf, type Row, recallsOf } from './recall-world.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const { post, shipped, scopeOf, until, lettersTo, ...recalls } = recallsOf(() => world);

/** Each test has a SKU of its own: a lot is in one recall. */
let sku = '';
let tests = 0;
beforeEach(async () => {
  tests += 1;
  sku = `POT-${tests}`;
  await shipped(sku, 'L1', [
    { store: idOf('A'), units: 30, language: 'de-AT' },
    { store: idOf('B'), units: 10, language: 'en' },
    { store: idOf('C'), units: 5, language: 'fr' },
  ]);
});

const idOf = (name: string) => `${name}-${sku}`;

const text = (language: string) => ({
  language,
  product: `Pot <b>"${language}"</b>`,
  reason: 'The lid may <script>burst</script>.',
  instructions: 'Stop selling it.',
  contact: 'recalls@shop.example',
});

const notified = () =>
  recalls.notified(scopeOf(sku, 'L1'), { hazardClass: 'I', texts: [text('en'), text('de'), text('fr')] });

/** The link in the last letter to a consignee, as its reader would follow it: on the address where the API listens. */
async function linkTo(name: string): Promise<string> {
  const { letter } = await lettersTo(addressOf(idOf(name)));
  const [, path = ''] = /http:\/\/[^/\s]+(\/respond\/[\w.-]+)/.exec(letter) ?? [];
  return world.url + path;
}

type Page = { readonly status: number; readonly html: string; readonly headers: Headers };

async function open(url: string, init: RequestInit = {}): Promise<Page> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

/** Sends a form as a browser does. */
async function send(url: string, fields: Row, files: readonly File[] = []): Promise<Page> {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    basis: 0,
    rows: 2,
    'sku.0': sku,
    'lot.0': 'L1',
    do: 'respond',
    ...fields,
  })) {
    form.append(name, String(value));
  }
  for (const file of files) form.append('proof', file);
  return await open(url, { method: 'POST', body: form });
}

const positionOf = async (recall: string, name: string) =>
  await world.db.recallPosition.findFirstOrThrow({ where: { recall, consignee: idOf(name) } });
const responsesOf = async (recall: string, name: string) =>
  await world.db.recallResponse.count({ where: { recall, consignee: idOf(name) } });
const pdf = (name = 'proof.pdf') => new File(['%PDF-1.4\nburnt\n%%EOF\n'], name, { type: 'application/pdf' });

test('the link in a notice leads to a page in the consignee’s language, and to nobody else’s goods', async () => {
  const number = await notified();
  const page = await open(await linkTo('A'));
  expect(page.status).toBe(200);
  expect(page.html).toContain('<html lang="de">');
  expect(page.html).toContain('DRINGEND: Produktrückruf: Pot &lt;b&gt;&quot;de&quot;&lt;/b&gt;');
  expect(page.html).toContain('schweren Gesundheitsschäden');
  expect(page.html).toContain('30 Stück');
  expect(page.html).toContain(number);
  expect(page.html).not.toContain('<script');
  for (const other of ['B', 'C']) expect(page.html).not.toContain(idOf(other));
  expect((await open(await linkTo('C'))).html).toContain('5 unités');
  expect(await responsesOf(number, 'A')).toBe(0);
});

test('a page is kept by nobody, framed by nobody, and runs nothing', async () => {
  await notified();
  const { headers } = await open(await linkTo('B'));
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
});

test('one click says that nothing is left, and a second one changes nothing', async () => {
  const number = await notified();
  const link = await linkTo('B');
  const none = () => open(link, { method: 'POST', body: new URLSearchParams({ do: 'none', basis: '0' }) });
  const [first, again] = [await none(), await none()];
  expect([first.status, again.status]).toEqual([303, 303]);
  expect(first.headers.get('location')).toBe(new URL(link).pathname);
  expect(await responsesOf(number, 'B')).toBe(1);
  expect(await positionOf(number, 'B')).toMatchObject({ response: 1, unaccounted: 10, claimedHeld: 0 });
  const { body } = await world.call('GET', `/v1/recalls/${number}/consignees?state=responded`);
  expect(body['data']).toMatchObject([{ consignee: idOf('B'), nextDue: null }]);
  expect((await open(link)).html).toContain('We have your response of');
});

test('what was filled in is one response, and a later visit corrects it', async () => {
  const number = await notified();
  const link = await linkTo('B');
  const said = {
    'held.0': '4',
    'soldOn.0': '5',
    'to.0.goods': 0,
    'to.0.name': 'Bistro <i>',
    'to.0.email': 'b@example.com',
    'to.0.quantity': 3,
  };
  expect((await send(link, said)).status).toBe(303);
  expect((await send(link, said)).status).toBe(303);
  expect(await responsesOf(number, 'B')).toBe(1);
  expect(await positionOf(number, 'B')).toMatchObject({ saidHeld: 4, saidSoldOn: 5, passedOn: 3, unaccounted: 1 });
  const { html } = await open(link);
  expect(html).toContain('name="held.0" type="text" value="4"');
  expect(html).toContain('value="Bistro &lt;i&gt;"');
  const [, known = ''] = /name="to\.0\.known" value="([^"]+)"/.exec(html) ?? [];
  const corrected = { ...said, basis: 1, 'to.0.known': known, 'to.0.email': 'bistro@example.com' };
  expect((await send(link, corrected)).status).toBe(303);
  expect(await responsesOf(number, 'B')).toBe(1);
  expect(await world.db.contact.findMany({ where: { id: `consignee:${known}` } })).toMatchObject([
    { name: 'Bistro <i>', email: 'bistro@example.com' },
  ]);
  expect((await send(link, { ...corrected, 'held.0': '5' })).status).toBe(303);
  expect(await world.db.recallPassedOn.count({ where: { recall: number } })).toBe(1);
  expect(await positionOf(number, 'B')).toMatchObject({ response: 2, saidHeld: 5, unaccounted: 0 });
});

test('whom a consignee names can’t be somebody else whose address it would see or change', async () => {
  const number = await notified();
  const link = await linkTo('B');
  const answer = { positions: [{ sku, lot: 'L1', soldOn: 2, passedOn: [{ consignee: idOf('A'), quantity: 2 }] }] };
  const taken = await world.call('POST', `/v1/recalls/${number}/consignees/${idOf('B')}/responses`, answer, {
    as: 'coordinator',
  });
  expect(taken.status, taken.text).toBe(200);
  const { html } = await open(link);
  expect(html).toContain(idOf('A'));
  expect(html).not.toContain(addressOf(idOf('A')));
  const mine = { basis: 1, 'soldOn.0': 2, 'to.0.quantity': 2, 'to.0.name': 'Me', 'to.0.email': 'me@example.com' };
  expect((await send(link, { ...mine, 'to.0.known': idOf('A') })).status).toBe(303);
  expect((await send(link, { ...mine, 'to.0.known': idOf('C') })).status).toBe(303);
  for (const name of ['A', 'C']) {
    expect(await world.db.contact.findFirst({ where: { id: `consignee:${idOf(name)}` } })).toMatchObject({
      email: addressOf(idOf(name)),
    });
  }
});

test('whoever fills in an old page is shown that another response came meanwhile', async () => {
  const number = await notified();
  const link = await linkTo('B');
  expect((await send(link, { 'held.0': 4 })).status).toBe(303);
  const late = await send(link, { 'held.0': 7 });
  expect(late.status).toBe(409);
  expect(late.html).toContain('Another response came from you');
  expect(late.html).toContain('value="7"');
  expect(late.html).toContain('name="basis" value="1"');
  expect(await positionOf(number, 'B')).toMatchObject({ response: 1, saidHeld: 4 });
});

test('what can’t be right is shown at its field, and nothing is saved', async () => {
  const number = await notified();
  const link = await linkTo('A');
  const page = await send(link, {
    'held.0': '3 x',
    'to.0.name': '"><script>',
    'to.0.email': 'nobody',
    'to.1.quantity': 1,
  });
  expect(page.status).toBe(422);
  expect(page.html).toContain('Bitte 4 Angaben korrigieren'.replace('Bitte', 'bitte'));
  expect(page.html).toContain('id="held.0" name="held.0" type="text" value="3 x"');
  expect(page.html).toContain('aria-invalid="true" aria-describedby="held.0-fault"');
  expect(page.html).toContain('value="&quot;&gt;&lt;script&gt;"');
  expect(page.html).not.toContain('<script');
  const blank = await send(link, {});
  expect([blank.status, blank.html.includes('mindestens eine Zahl')]).toEqual([422, true]);
  const tooMany = await send(link, { 'held.0': 20, 'destroyed.0': 11 });
  expect([tooMany.status, tooMany.html.includes('mehr, als Sie erhalten haben')]).toEqual([422, true]);
  expect((await send(link, { 'sku.0': 'OTHER' })).status).toBe(400);
  expect(await responsesOf(number, 'A')).toBe(0);
});

test('more rows for recipients are given without losing what is there', async () => {
  const number = await notified();
  const { status, html } = await send(await linkTo('B'), { do: 'more', 'held.0': 2, 'to.1.name': 'Kiosk' });
  expect(status).toBe(200);
  expect(html).toContain('value="Kiosk"');
  expect(html).toContain('id="to.6.name"');
  expect(await responsesOf(number, 'B')).toBe(0);
});

test('recipients that a form can’t hold stay as they are when it is sent', async () => {
  const recall = await notified();
  const [many, consignee] = [200, idOf('C')];
  await world.pool.query(
    `INSERT INTO consignees (id, kind, name, parent) SELECT 'sub:' || $1 || '/' || n, 'business', 'Shop ' || n, $1 FROM generate_series(1, $2::int) n`,
    [consignee, many],
  );
  await world.pool.query('UPDATE recall_positions SET traced = traced + $3 WHERE recall = $1 AND consignee = $2', [
    recall,
    consignee,
    many,
  ]);
  const passedOn = Array.from({ length: many }, (_, n) => ({ consignee: `sub:${consignee}/${n + 1}`, quantity: 1 }));
  const said = { positions: [{ sku, lot: 'L1', soldOn: many, passedOn }] };
  const path = `/v1/recalls/${recall}/consignees/${encodeURIComponent(consignee)}/responses`;
  const reply = await world.call('POST', path, said);
  expect(reply.status, reply.text).toBe(200);
  const edges = async () => await world.db.recallPassedOn.count({ where: { recall, consignee } });
  expect(await edges()).toBe(many);
  const link = await linkTo('C');
  expect((await send(link, { basis: 1, rows: 202, 'soldOn.0': many, 'held.0': 1 })).status).toBe(303);
  expect(await edges()).toBe(many);
});

test('proof of destruction is kept by what it is, for staff to see', async () => {
  const number = await notified();
  const link = await linkTo('B');
  const program = new File(['MZ not a picture'], 'proof.pdf', { type: 'application/pdf' });
  const refused = await send(link, { 'destroyed.0': 10 }, [program]);
  expect([refused.status, refused.html.includes('this file is neither')]).toEqual([422, true]);
  const large = await send(link, {}, [new File(['%PDF-', 'x'.repeat(5 * 1024 * 1024), '%%EOF'], 'l.pdf')]);
  expect([large.status, large.html.includes('at most 5 MB')]).toEqual([422, true]);
  const huge = await send(link, {}, [new File(['x'.repeat(18 * 1024 * 1024)], 'h.pdf')]).catch(() => null);
  expect(huge === null || huge.status === 413).toBe(true);
  expect((await send(link, { 'destroyed.0': 10 }, [pdf(), pdf('again.pdf')])).status).toBe(303);
  const path = `/v1/recalls/${number}/consignees/${idOf('B')}/proofs`;
  const { body } = await world.call('GET', path, undefined, { as: 'coordinator' });
  const data = body['data'] as { link: string; contentType: string }[];
  expect(data).toMatchObject([{ contentType: 'application/pdf' }]);
  const file = await world.call('GET', data[0]?.link ?? '', undefined, { as: 'coordinator' });
  expect([file.status, file.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([200, true]);
  expect((await world.call('GET', path, undefined, { as: 'viewer' })).status).toBe(403);
  expect((await world.call('DELETE', data[0]?.link ?? '')).status).toBe(204);
  expect((await world.call('GET', data[0]?.link ?? '')).status).toBe(404);
});

test('links that were cut, tampered with, foreign, expired or whose recall is closed lead to a page that says what to do', async () => {
  const number = await notified();
  const link = await linkTo('A');
  const token = link.split('/').at(-1) ?? '';
  const keys = world.config.notices.linkKeys;
  const made = (recall: string, name: string, expiresAt: string) =>
    `${world.url}/respond/${signLink(keys, { recall, consignee: idOf(name), expiresAt })}`;
  const [, signature] = token.split('.');
  const named = Buffer.from(JSON.stringify([number, idOf('B'), 4_000_000_000])).toString('base64url');
  const strangers = signLink(['a secret that is not of this house at all'], {
    ...{ recall: number, consignee: idOf('A'), expiresAt: '2099-01-01T00:00:00Z' },
  });
  for (const bad of [token.slice(0, -1), 'x', `${named}.${signature}`, strangers]) {
    for (const method of ['GET', 'POST']) {
      const page = await open(`${world.url}/respond/${bad}`, { method, headers: { 'accept-language': 'fr-CH,fr' } });
      expect([page.status, page.html.includes('Ce lien ne fonctionne pas')]).toEqual([404, true]);
    }
  }
  expect((await open(made(number, 'NOBODY', '2099-01-01T00:00:00Z'))).status).toBe(404);
  const expired = await open(made(number, 'A', '2020-01-01T00:00:00Z'));
  expect([expired.status, expired.html.includes('recalls@shop.example')]).toEqual([410, true]);
  // Of class I, a lead answers for what is left.
  const note = { note: 'What is left is not to be had.' };
  expect(codeOf(await post(`/${number}/complete`, note))).toEqual([403, 'lead_needed', undefined]);
  expect((await post(`/${number}/complete`, note, { as: 'lead' })).status).toBe(200);
  expect((await open(link)).status).toBe(200);
  expect((await post(`/${number}/terminate`)).status).toBe(200);
  await until(number, ({ status }) => status === 'closed');
  const closed = await open(link);
  expect([closed.status, closed.html.includes('Dieser Rückruf ist abgeschlossen')]).toEqual([410, true]);
  expect((await open(link, { method: 'POST', body: new URLSearchParams({ do: 'none', basis: '0' }) })).status).toBe(
    410,
  );
  expect(await responsesOf(number, 'A')).toBe(0);
});

test('the link of a recall that was withdrawn says that it was an error', async () => {
  const number = await notified();
  const link = await linkTo('A');
  expect(codeOf(await post(`/${number}/withdraw`, {}))).toEqual([400, expect.any(String), 'note']);
  expect((await post(`/${number}/withdraw`, { note: 'The wrong lot.' }, { as: 'ops' })).status).toBe(403);
  expect((await post(`/${number}/withdraw`, { note: 'The wrong lot.' })).status).toBe(200);
  await until(number, ({ status, outcome }) => status === 'closed' && outcome === 'withdrawn');
  const page = await open(link);
  expect([page.status, page.html.includes('Dieser Rückruf war ein Irrtum')]).toEqual([410, true]);
  expect(codeOf(await post(`/${number}/withdraw`, { note: 'Again.' }))).toEqual([409, 'recall_closed', undefined]);
});

test('what is no form, and a link that is tried without end, are refused', async () => {
  await notified();
  const link = await linkTo('C');
  const json = await open(link, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  expect([json.status, json.headers.get('content-type')]).toEqual([400, expect.stringContaining('text/html')]);
  const broken = { 'content-type': 'multipart/form-data; boundary=x' };
  expect((await open(link, { method: 'POST', body: '--y', headers: broken })).status).toBe(400);
  // A plain form costs far more memory than its bytes: it has none of the room that proofs have.
  const plain = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await open(link, { method: 'POST', body: 'a&'.repeat(300_000), headers: plain })).status).toBe(413);
  const seen: number[] = [];
  for (let time = 0; time < 40; time += 1) seen.push((await open(link)).status);
  expect(seen.at(-1)).toBe(429);
  // Another consignee isn't kept out by it.
  expect((await open(await linkTo('A'))).status).toBe(200);
});
