/** The journal's name of a return's process: its workflow id. */
export const processOf = (rma: string): string => `return:${rma}`;

/** The number that a process is known by: the part after its kind, a return's RMA. */
export const numberOf = (process: string): string => process.slice(process.indexOf(':') + 1);

/** The journal's name of a parcel that nobody expected. */
export const receiptProcessOf = (receipt: string): string => `receipt:${receipt}`;

/** The command by which a return gets what a receipt gives it: the same for ever, so that it gets it once. */
export const receiptCommandId = (eventId: string): string => `receipt:${eventId}`;

/** The kind that a process's name begins with: `return`, `vendor-return`. */
export const kindOf = (process: string): string => process.slice(0, process.indexOf(':'));

/** The journal's name of a delivery that went wrong: its workflow id. */
export const deliveryProcess = (tracking: string): string => `delivery:${tracking}`;

/** The journal's name of a store credit. */
export const creditProcess = (credit: string): string => `store-credit:${credit}`;

/** The journal's name of a consignee in a recall. */
export const consigneeProcess = (recall: string, consignee: string): string => `consignee:${recall}/${consignee}`;

/** The journal's name of a facility in a recall. */
export const recalledFacilityProcess = (recall: string, facility: string): string => `facility:${recall}/${facility}`;
