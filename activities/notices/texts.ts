import type { Pool } from 'pg';
import { type NoticeLanguage, noticeLanguages } from '../../domain/recall/notices.ts';
import { withClient } from '../../prisma/client.ts';
import type { RecallText } from './write.ts';

/** The merchant's words of a recall, for a consignee who reads some language. */
export type Texts = {
  /** @param wanted a BCP 47 tag, as `de-AT` */
  for(wanted: string | null): { readonly language: NoticeLanguage; readonly text: RecallText };
};

/** Reads them: in the language that is wanted where the merchant wrote in it, else in the first of ours that there is. */
export async function readTexts(pool: Pool, recall: string): Promise<Texts> {
  const { rows } = await withClient(pool, (client) =>
    client.query<RecallText & { language: NoticeLanguage }>({
      name: 'recall texts',
      text: 'SELECT language, product, reason, instructions, contact FROM recall_texts WHERE recall = $1',
      values: [recall],
    }),
  );
  const written = noticeLanguages.flatMap((language) => rows.filter((row) => row.language === language));
  const [first] = written;
  if (first === undefined) throw new Error(`recall ${recall} has no words for its notices`);
  return {
    for: (wanted) => {
      const tag = wanted?.slice(0, 2).toLowerCase();
      const { language, ...text } = written.find((each) => each.language === tag) ?? first;
      return { language, text };
    },
  };
}
