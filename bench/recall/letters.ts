import { sandboxHand } from '../../local/sandbox/hand.ts';
import type { Leg } from '../leg.ts';

/**
 * Nobody forgotten and nobody bothered: the mail server has one letter of a recall for each of its consignees, under the message id
 * that the database knows. No figure counts without it.
 *
 * @param ids what the database has of letters that left
 * @throws one sentence that counts what is wrong
 */
export async function checkLetters(
  { sandboxUrl }: Leg,
  recall: string,
  consignees: number,
  ids: readonly string[],
): Promise<void> {
  const letters = (await sandboxHand(sandboxUrl).letters()).filter(({ subject }) => subject.includes(`(${recall})`));
  const addresses = new Set(letters.map(({ to }) => to)).size;
  const known = new Set(ids);
  const strangers = letters.filter(({ messageId }) => !known.has(messageId)).length;
  if ([letters.length, addresses, known.size].some((count) => count !== consignees) || strangers > 0) {
    throw new Error(
      `${recall} has ${consignees} consignees: ${letters.length} letters came to ${addresses} of them, ${strangers} of which ` +
        `the database doesn't know; it says that ${known.size} left.`,
    );
  }
}
