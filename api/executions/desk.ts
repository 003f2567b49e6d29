import { createHash } from 'node:crypto';
import type { JournalKind } from '../../activities/journal/port.ts';
import { executionNumber, parseExecutionNumber } from '../../domain/execution/number.ts';
import type { ExecutionKind } from '../../domain/execution/projection.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import { prefixedNumberField } from '../fields.ts';
import { type ProcessDesk, processTarget } from '../process-desk.ts';
import type { Target } from '../telling.ts';
import { executionProblem } from './refusals.ts';

/** Where the executions of one kind are read and spoken to. */
export type Desk = ProcessDesk & { readonly kind: ExecutionKind };

/** A desk with the sentences of its timeline. */
export type DeskOf<K extends JournalKind> = Desk & {
  readonly sentenceOf: (event: K['event'], currency: string) => string;
};

export const numberField = ({ kind, example }: Desk) =>
  prefixedNumberField((text) => parseExecutionNumber(kind, text), example);

/** Always the same for the same command, so that a repeated request finds what it started. */
export const numberFor = ({ kind, noun }: Desk, commandId: string): string =>
  executionNumber(kind, makeRma(createHash('sha256').update(`${noun}\n${commandId}`).digest()));

/**
 * An execution as commands reach it.
 * @param request of a new one; none for one that is woken
 */
export const executionTarget = (desk: Desk, number: string, request: object | null = null): Target =>
  processTarget(desk, executionProblem, number, request);
