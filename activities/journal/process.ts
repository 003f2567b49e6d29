/** The journal's name of a return's process: its workflow id. */
export const processOf = (rma: string): string => `return:${rma}`;

/** The number that a process is known by: the part after its kind, a return's RMA. */
export const numberOf = (process: string): string => process.slice(process.indexOf(':') + 1);
