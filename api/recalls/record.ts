import { z } from 'zod';
import type { EnforcementReport } from '../../domain/recall/enforcement-report.ts';

/** openFDA leaves out what it doesn't have, and writes what it has as text. */
const Text = z
  .string()
  .max(100_000)
  .refine((text) => !/[\0\p{Cs}]/u.test(text), 'holds characters that can’t be kept')
  .nullish();

/** An enforcement report in openFDA's shape; fields that say nothing of the recall's scope and course are passed over. */
export const EnforcementRecord = z
  .object({
    recall_number: z.string().trim().min(1).max(100),
    event_id: Text,
    recalling_firm: Text,
    country: Text,
    classification: Text,
    status: Text,
    voluntary_mandated: Text,
    recall_initiation_date: Text,
    center_classification_date: Text,
    termination_date: Text,
    report_date: Text,
    reason_for_recall: Text,
    code_info: Text,
    more_code_info: Text,
    product_description: Text,
    product_quantity: Text,
    distribution_pattern: Text,
  })
  .meta({
    id: 'EnforcementRecord',
    description: 'An enforcement report in openFDA’s shape (https://open.fda.gov/apis/food/enforcement/).',
  });

/** The name of each of a report's texts in a record. */
export const recordFields = {
  recallNumber: 'recall_number',
  eventId: 'event_id',
  firm: 'recalling_firm',
  country: 'country',
  classification: 'classification',
  status: 'status',
  voluntaryMandated: 'voluntary_mandated',
  initiationDate: 'recall_initiation_date',
  classificationDate: 'center_classification_date',
  terminationDate: 'termination_date',
  reportDate: 'report_date',
  reason: 'reason_for_recall',
  codeInfo: 'code_info',
  moreCodeInfo: 'more_code_info',
  productDescription: 'product_description',
  productQuantity: 'product_quantity',
  distributionPattern: 'distribution_pattern',
} as const satisfies Record<keyof EnforcementReport, keyof z.infer<typeof EnforcementRecord>>;

/** A record as the reader takes it: what it lacks is ''. */
export function reportOf(record: z.infer<typeof EnforcementRecord>): EnforcementReport {
  const text = (field: keyof EnforcementReport) => record[recordFields[field]] ?? '';
  return {
    recallNumber: text('recallNumber'),
    eventId: text('eventId'),
    firm: text('firm'),
    country: text('country'),
    classification: text('classification'),
    status: text('status'),
    voluntaryMandated: text('voluntaryMandated'),
    initiationDate: text('initiationDate'),
    classificationDate: text('classificationDate'),
    terminationDate: text('terminationDate'),
    reportDate: text('reportDate'),
    reason: text('reason'),
    codeInfo: text('codeInfo'),
    moreCodeInfo: text('moreCodeInfo'),
    productDescription: text('productDescription'),
    productQuantity: text('productQuantity'),
    distributionPattern: text('distributionPattern'),
  };
}
