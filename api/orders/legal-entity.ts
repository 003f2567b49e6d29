/** The short name of one of our companies; it begins the numbers of its credit memos. */
export const isLegalEntity = (text: string): boolean => /^[a-z][a-z0-9-]{0,29}$/.test(text);
