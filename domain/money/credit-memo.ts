/** How a credit memo's number is written: `main-000017`, without a gap within its legal entity. */
export const creditMemoNumber = (legalEntity: string, number: number): string =>
  `${legalEntity}-${String(number).padStart(6, '0')}`;
