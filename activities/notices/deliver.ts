import { after, type Instant } from '../../domain/time/duration.ts';
import type { Reach } from '../webhooks/reach.ts';
import type { Claimed } from './claims.ts';
import type { Campaign } from './due-rows.ts';
import { type LinkKeys, signLink } from './link.ts';
import { tellMachine } from './machine.ts';
import type { LetterOutcome, NoticeChannel } from './port.ts';
import type { Texts } from './texts.ts';
import { writeNotice } from './write.ts';

/** By what notices leave, and consignees respond. */
export type Means = {
  readonly channel: NoticeChannel;
  /** How far consignees' webhooks may go. */
  readonly reach: Reach;
  readonly links: {
    /** What a link begins with; its token follows. */
    readonly url: string;
    readonly keys: LinkKeys;
    readonly days: number;
  };
};

/** Writes a notice and has it leave by its consignee's way; a drill's is withheld. */
export async function deliver(
  { channel, reach, links }: Means,
  { recall, now }: { readonly recall: string; readonly now: Instant },
  { kind, hazardClass, mock }: Campaign,
  texts: Texts,
  { email, webhook, messageId, notice, goods, consignee, language: wanted }: Claimed,
): Promise<LetterOutcome | { readonly state: 'withheld' }> {
  const to = webhook ?? email;
  if (to === null) return { state: 'bounced', code: 'no_address' };
  const { language, text } = texts.for(wanted);
  const until = after(now, `P${links.days}D`);
  const response = { url: `${links.url}${signLink(links.keys, { recall, consignee, expiresAt: until })}`, until };
  const content = { recall, kind, hazardClass, notice, language, text, goods, response };
  if (mock) {
    // A drill is to show that it can be written.
    writeNotice(content);
    return { state: 'withheld' };
  }
  return typeof to === 'string'
    ? await channel.send({ messageId, to, ...writeNotice(content) })
    : await tellMachine(to, messageId, now, content, reach);
}
