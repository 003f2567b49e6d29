/** The journal's name of a return's process: its workflow id. */
export const processOf = (rma: string): string => `return:${rma}`;

/** The return that a process carries; null for a process of another kind. */
export const rmaOf = (process: string): string | null => (process.startsWith('return:') ? process.slice(7) : null);
