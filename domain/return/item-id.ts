/** Whether an item is another one, or came of it by a split: `P1-1.2` is part of `P1-1`. */
export const isPartOf = (item: string, whole: string): boolean => item === whole || item.startsWith(`${whole}.`);

/** An item and all that it came of by splits: `P1-1.2.1` of `P1-1.2`, that of `P1-1`. */
export function wholesOf(item: string): string[] {
  const parts = item.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
