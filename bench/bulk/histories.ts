import type { Client } from '@temporalio/client';
import { returnWorkflowId } from '../../workflows/return/messages.ts';

export type HistoryFigures = {
  /** Of the run that has the most. */
  readonly events: number;
  readonly bytes: number;
  /** The largest single payload of any run, in bytes. Temporal refuses two megabytes. */
  readonly largestPayloadBytes: number;
};

/** Looks at the history of each section, one after the other. */
export async function historiesOf(client: Client, sections: readonly string[]): Promise<HistoryFigures> {
  let figures: HistoryFigures = { events: 0, bytes: 0, largestPayloadBytes: 0 };
  for (const rma of sections) {
    const handle = client.workflow.getHandle(returnWorkflowId(rma));
    const { events } = await handle.fetchHistory();
    const { raw } = await handle.describe();
    figures = {
      events: Math.max(figures.events, events?.length ?? 0),
      bytes: Math.max(figures.bytes, Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0)),
      largestPayloadBytes: Math.max(figures.largestPayloadBytes, ...(events ?? []).map(largestIn)),
    };
  }
  return figures;
}

/** Payloads are the objects with data and metadata, wherever they lie in an event. */
function largestIn(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 0;
  const { data, metadata } = Object(value);
  if (data instanceof Uint8Array && metadata != null) return data.byteLength;
  return Math.max(0, ...Object.values(value).map(largestIn));
}
