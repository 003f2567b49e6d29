import { type Connection, isGrpcServiceError } from '@temporalio/client';

/** Temporal's `IndexedValueType`, which no public package exports by name. */
const KEYWORD = 2;
const DATETIME = 6;
const KEYWORD_LIST = 7;

/**
 * What runs can be found by in Temporal. All are plaintext: never personal data. The lists hold at most 20 values.
 * SQL visibility allows 10 of the type Keyword and 3 each of KeywordList and Datetime.
 */
const SEARCH_ATTRIBUTES: Readonly<Record<string, number>> = {
  Program: KEYWORD,
  Status: KEYWORD,
  RecallId: KEYWORD,
  Facility: KEYWORD,
  NeedsPerson: KEYWORD,
  Orders: KEYWORD_LIST,
  Skus: KEYWORD_LIST,
  Lots: KEYWORD_LIST,
  NextDeadline: DATETIME,
};

const ALREADY_EXISTS = 6;

/** Creates the search attributes that the namespace lacks. An upsert of an unknown one fails its workflow task. */
export async function createSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  // One by one: a known one refuses the whole call, and the time-skipping server can't list them.
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) {
    try {
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { [name]: type } });
    } catch (error) {
      if (!(isGrpcServiceError(error) && error.code === ALREADY_EXISTS)) throw error;
    }
  }
}
