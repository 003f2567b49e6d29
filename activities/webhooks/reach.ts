import { lookup } from 'node:dns';
import { lookup as lookUp } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** This machine, networks that aren't public, and nobody's (IANA's special-purpose registries, RFC 6890). */
const nets = {
  ipv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/3',
  ],
  // Unspecified and loopback, addresses that stand for IPv4 ones, unique local, link-local, multicast.
  ipv6: ['::/127', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
} as const;
const notPublic = new BlockList();
for (const family of ['ipv4', 'ipv6'] as const) {
  for (const [net = '', prefix] of nets[family].map((each) => each.split('/'))) {
    notPublic.addSubnet(net, Number(prefix), family);
  }
}

const isPrivate = (address: string): boolean => notPublic.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** The address that a URL's host is itself; null for a name. */
function literalOf({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}

/** Whether a URL leads to this machine or into a network that isn't public, as its name stands now; a name that isn't known doesn't. */
export async function leadsInside(url: URL): Promise<boolean> {
  const literal = literalOf(url);
  if (literal !== null) return isPrivate(literal);
  const addresses = await lookUp(url.hostname, { all: true }).catch(() => []);
  return addresses.some(({ address }) => isPrivate(address));
}

/** Looks a name up for a connection that is made right then, so that it can't stand for another address in between. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) callback(error, []);
    else if (addresses.some(({ address }) => isPrivate(address))) {
      callback(Object.assign(new Error(`${hostname} is not public`), { code: 'EACCES' }), []);
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** Connections to anywhere, and such that don't lead inside. */
const agents = {
  anywhere: { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) },
  outside: {
    'http:': new http.Agent({ keepAlive: true, lookup: publicLookup }),
    'https:': new https.Agent({ keepAlive: true, lookup: publicLookup }),
  },
} as const;

/** How far a webhook may go. */
export type Reach = keyof typeof agents;

/**
 * Posts a body, follows nothing, and answers with the status.
 * @throws where nobody answers, or the address is out of reach
 */
export function postBody(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { reach, signal }: { readonly reach: Reach; readonly signal: AbortSignal },
): Promise<number> {
  const literal = literalOf(url);
  if (reach === 'outside' && literal !== null && isPrivate(literal)) throw new Error(`${literal} is not public`);
  const protocol = url.protocol === 'http:' ? 'http:' : 'https:';
  const { request } = protocol === 'http:' ? http : https;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const options = { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal };
  const sent = request(url, { ...options, agent: agents[reach][protocol] }, (response) => {
    // What it says beside its status is nothing to us; it has until the signal to say it.
    response.on('error', () => undefined).resume();
    resolve(response.statusCode ?? 0);
  });
  sent.on('error', reject).end(body);
  return promise;
}
