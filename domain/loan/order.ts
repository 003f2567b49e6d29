/** What stands where an order line stands otherwise: a unit that somebody has on loan. The loan's number stands for the order. */
export const loanOrderLine = (loan: string, unit: string): string => `${loan}:${unit}`;
