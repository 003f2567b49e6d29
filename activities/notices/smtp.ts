import { createTransport } from 'nodemailer';
import { unavailable } from '../failures.ts';
import type { Letter, LetterOutcome, NoticeChannel } from './port.ts';

export type SmtpSettings = {
  /** `smtp://user:password@host:587`, or `smtps://…`. */
  readonly url: string;
  readonly from: string;
  /** How many letters are under way at once. */
  readonly connections: number;
};

/** Long enough for a server that checks what it gets, short enough that an activity is soon tried elsewhere. */
const TIMEOUT_MS = 10_000;

/** Notices as e-mail, by any SMTP server. */
export function smtpChannel({ url, from, connections }: SmtpSettings): NoticeChannel {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    send: async ({ messageId, to, subject, text, html }: Letter): Promise<LetterOutcome> => {
      try {
        // An address is one address: what looks like several, or like a header, is none.
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html, messageId });
        return { state: 'sent' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** What the server said of one letter (RFC 5321, 4.2.1: 5 is for good, 4 for now); whoever didn't say anything is away. */
function outcomeOf(error: unknown): LetterOutcome {
  const said = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EENVELOPE' && said === 0) return { state: 'bounced', code: 'address_malformed' };
  if (code === 'EAUTH') throw unavailable('notice.unavailable', 'unauthorized');
  if (said >= 500) return { state: 'bounced', code: `smtp_${said}` };
  if (said >= 400) return { state: 'failed', code: `smtp_${said}` };
  throw unavailable('notice.unavailable', code === 'ETIMEDOUT' ? 'timeout' : 'connection');
}
