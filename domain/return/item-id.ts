/** Whether an item is another one, or came of it by a split: `P1-1.2` is part of `P1-1`. */
export const isPartOf = (item: string, whole: string): boolean => item === whole || item.startsWith(`${whole}.`);
