import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A letter as it came in: its headers' main ones, and all of it as long as it is among the last. */
export type Received = { readonly messageId: string; readonly to: string; readonly subject: string };

/** Whole letters that are kept; of all others the headers are. */
const WHOLE = 1_000;

export type Sink = {
  readonly url: string;
  /** All letters so far, in the order in which they came. */
  readonly received: () => readonly Received[];
  /** The last whole letter to an address, as it came. */
  readonly letterTo: (address: string) => string | undefined;
  close(): Promise<void>;
};

/**
 * A mail server that delivers nothing and keeps what it got. Who begins with `unknown` is refused for good, as by a server
 * that knows no such mailbox; who begins with `busy` is refused for now, the first time.
 */
export async function startSink(port: number): Promise<Sink> {
  const received: Received[] = [];
  const whole = new Map<string, string>();
  const refused = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    onRcptTo: ({ address }, _session, done) => done(trouble(address, refused)),
    onData: (stream, session, done) => {
      text(stream).then((letter) => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        received.push({ messageId: headerOf(letter, 'message-id'), to, subject: headerOf(letter, 'subject') });
        whole.delete(to);
        whole.set(to, letter);
        const [oldest] = whole.keys();
        if (whole.size > WHOLE && oldest !== undefined) whole.delete(oldest);
        done();
      }, done);
    },
  });
  server.on('error', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received: () => received,
    letterTo: (to) => whole.get(to),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function trouble(address: string, refused: Set<string>): Error | undefined {
  if (address.startsWith('unknown')) return smtpError(550, 'no such mailbox');
  if (!address.startsWith('busy') || refused.has(address)) return undefined;
  refused.add(address);
  return smtpError(450, 'mailbox busy');
}

const smtpError = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

/** A header's value as a person reads it: its lines joined, its encoded words decoded (RFC 2047). */
function headerOf(letter: string, name: string): string {
  const head = letter.slice(0, letter.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const value = new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  return value.replace(/\?= +=\?/g, '?==?').replace(/=\?UTF-8\?([QB])\?(.*?)\?=/gi, (_, way: string, text: string) => {
    if (way.toUpperCase() === 'B') return Buffer.from(text, 'base64').toString('utf8');
    const escapes = text.replaceAll('_', ' ').replaceAll('%', '=25').replaceAll('=', '%');
    return decodeURIComponent(escapes);
  });
}
