import type { Instant } from '../../domain/time/duration.ts';
import { isTaken, post } from '../webhooks/out.ts';
import type { Reach } from '../webhooks/reach.ts';
import type { LetterOutcome } from './port.ts';
import { words } from './words.ts';
import { asksNothing, headlineOf, type NoticeContent } from './write.ts';

const GONE = 410;

/**
 * A notice for a consignee's machines: the same content as a letter has, in fields, signed as Standard Webhooks says. What isn't
 * taken is tried again like a letter that a mailbox can't take now; an endpoint that says that it is gone never will. That it was an
 * error, or is over, gives no reason to act, and no link to answer by.
 */
export async function tellMachine(
  endpoint: { readonly url: string; readonly secret: string },
  messageId: string,
  at: Instant,
  content: NoticeContent,
  reach: Reach,
): Promise<LetterOutcome> {
  const { recall, kind, hazardClass, notice, language, text, goods, response } = content;
  const isEnd = asksNothing(notice);
  const data = {
    ...{ messageId, recall, kind, hazardClass, notice, language, headline: headlineOf(content), ...text, goods },
    hazard: hazardClass === null || isEnd ? null : words[language].hazards[hazardClass],
    ...(isEnd ? { reason: null, instructions: null } : {}),
    respondAt: isEnd ? null : response.url,
    respondUntil: isEnd ? null : response.until,
  };
  const event = { id: messageId.replace(/^<|@.*$/g, ''), type: 'recall.notice', at, data };
  const status = await post(endpoint, event, { reach });
  if (isTaken(status)) return { state: 'sent' };
  if (status === GONE) return { state: 'bounced', code: 'webhook_410' };
  return { state: 'failed', code: status === null ? 'webhook_unreachable' : `webhook_${status}` };
}
