import { z } from 'zod';
import type { Loan, LoanUnit, NetworkProcess } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { networkSummary, networkSummaryShape, networkWholeShape } from '../network/bodies.ts';

const Time = z.iso.datetime();

export const LoanSummaryBody = z
  .object({
    ...networkSummaryShape,
    borrower: z.string(),
    facility: z.string().nullable(),
    termFrom: Time,
    termUntil: Time,
    handedOverAt: Time.nullable(),
    deposit: MoneyBody.meta({ description: 'What was agreed.' }),
    held: MoneyBody.meta({ description: 'What of it we hold now.' }),
    owed: MoneyBody.meta({ description: 'What the borrower owes; less than nothing where we owe it.' }),
  })
  .meta({ id: 'LoanSummary' });

export const LoanBody = LoanSummaryBody.extend({
  charges: z.object({
    fees: MoneyBody.meta({ description: 'For days after the term.' }),
    extensionFees: MoneyBody.meta({ description: 'For longer terms.' }),
    damages: MoneyBody,
    prices: MoneyBody.meta({ description: 'Of what was lost or bought.' }),
  }),
  settled: z.object({
    setOff: MoneyBody,
    paid: MoneyBody,
    waived: MoneyBody,
    writtenOff: MoneyBody,
    repaid: MoneyBody,
  }),
  units: z.array(
    z.object({
      unit: z.string(),
      sku: z.string(),
      serial: z.string(),
      stage: z.string(),
      gradeOut: z.string().nullable(),
      gradeBack: z.string().nullable(),
      endedAt: Time.nullable(),
      rma: z.string().nullable().meta({ description: 'The return that it came back by, or is asked back by.' }),
      fee: MoneyBody,
      damage: MoneyBody,
      price: MoneyBody,
    }),
  ),
  ...networkWholeShape,
}).meta({ id: 'Loan' });

type Row = Loan & {
  readonly process: NetworkProcess & { readonly attention: readonly { readonly reason: string }[] };
};

/** A row of the read model as it leaves. */
export function loanSummary({ process, ...row }: Row): z.infer<typeof LoanSummaryBody> {
  const amount = (minor: bigint) => moneyOut(Number(minor), row.currency);
  return {
    ...networkSummary(process),
    borrower: row.borrower,
    facility: process.facility,
    termFrom: row.termFrom.toISOString(),
    termUntil: row.termUntil.toISOString(),
    handedOverAt: row.handedOverAt?.toISOString() ?? null,
    deposit: amount(row.deposit),
    held: amount(row.held),
    owed: amount(row.owed),
  };
}

/** What was charged, and how it was settled. */
export function loanMoney(row: Loan): Pick<z.infer<typeof LoanBody>, 'charges' | 'settled'> {
  const amount = (minor: bigint) => moneyOut(Number(minor), row.currency);
  return {
    charges: {
      fees: amount(row.fees),
      extensionFees: amount(row.extensionFees),
      damages: amount(row.damages),
      prices: amount(row.prices),
    },
    settled: {
      setOff: amount(row.setOff),
      paid: amount(row.paid),
      waived: amount(row.waived),
      writtenOff: amount(row.writtenOff),
      repaid: amount(row.repaid),
    },
  };
}

export const loanUnitOut = (
  { number: _, endedAt, fee, damage, price, ...unit }: LoanUnit,
  currency: string,
): z.infer<typeof LoanBody>['units'][number] => ({
  ...unit,
  endedAt: endedAt?.toISOString() ?? null,
  fee: moneyOut(Number(fee), currency),
  damage: moneyOut(Number(damage), currency),
  price: moneyOut(Number(price), currency),
});
