import type { ReturnCommand } from '../commands.ts';
import type { ReturnRequest } from '../request.ts';
import type { ReturnState } from '../state.ts';

/**
 * What a store's counter does next with goods that were brought with the request and looked at there: books them in, then
 * grades them, item by item; null where nothing is left to do. Goods of lines that are barred or wait for a review stay with
 * their buyer.
 */
export function nextAtCounter(
  state: ReturnState,
  request: ReturnRequest,
): Extract<ReturnCommand, { type: 'receive' | 'inspect' }> | null {
  if (state.phase !== 'open' || request.method !== 'counter') return null;
  const items = Object.values(state.items);
  if (items.length === 0) {
    const expected = request.lines.filter(({ line }) => (state.lines[line]?.outstanding ?? 0) > 0);
    const brought = expected.filter(({ seen }) => seen !== undefined);
    if (brought.length === 0) return null;
    const contents = brought.flatMap(({ line, serials }) => {
      const { sold, outstanding = 0 } = state.lines[line] ?? {};
      return sold === undefined
        ? []
        : [{ sku: sold.sku, quantity: outstanding, ...(serials === undefined ? {} : { serials }) }];
    });
    return { type: 'receive', parcel: null, contents, partial: brought.length < expected.length };
  }
  for (const { item, line, quantity, stage } of items) {
    const seen = stage === 'received' ? request.lines.find((asked) => asked.line === line)?.seen : undefined;
    if (seen !== undefined) return { type: 'inspect', item, findings: [{ quantity, ...seen }] };
  }
  return null;
}
