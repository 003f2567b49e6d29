import type { RecalledGoods } from '../return/recalled.ts';
import type { Surplus, TransferEvent } from './events.ts';
import { inTransit, isAtOrigin, linesOf, type Opened, type TransferLine } from './state.ts';

type Goods = Pick<Surplus, 'sku' | 'lot'>;

/** Whether a recall's goods may be these: where nobody has read the lot, any lot of the SKU may be it. */
const mayBe = ({ sku, lot }: RecalledGoods, goods: Goods): boolean =>
  sku === goods.sku && (lot === null || goods.lot === null || lot === goods.lot);

/** The recall that has stopped such goods; null where none has. */
export function stoppedBy({ recalls = {} }: Pick<Opened, 'recalls'>, goods: Goods): string | null {
  const found = Object.entries(recalls).find(([, stopped]) => stopped.some((each) => mayBe(each, goods)));
  return found?.[0] ?? null;
}

/** Lines that have units here or under way which a recall has stopped. */
export const stoppedLines = (state: Opened, recall: string): readonly TransferLine[] =>
  linesOf(state).filter((line) => {
    const stopped = state.recalls?.[recall] ?? [];
    return stopped.some((each) => mayBe(each, line)) && hasUnits(state, line);
  });

/** Units that came damaged are asked about by themselves. */
function hasUnits(state: Opened, line: TransferLine): boolean {
  if (isAtOrigin(state)) return !line.isOut;
  return inTransit(line) > 0 || Object.values(state.holds).some((hold) => hold.line === line.line && isRecalled(hold));
}

const isRecalled = ({ cause }: Opened['holds'][string]): boolean => cause === 'recalled';

/** A recall has stopped goods of it: they don't leave, or wait in quarantine where they come to. What has ended stays as it is. */
export function stopGoods(state: Opened, recall: string, goods: readonly RecalledGoods[]): readonly TransferEvent[] {
  const known = state.recalls?.[recall] ?? [];
  const its = [...linesOf(state), ...Object.values(state.surpluses)];
  const news = goods.filter(
    (each) =>
      its.some((one) => mayBe(each, one)) && !known.some(({ sku, lot }) => sku === each.sku && lot === each.lot),
  );
  return news.length === 0 ? [] : [{ type: 'goods_stopped', recall, goods: news }];
}

/** The recall was an error. */
export const releaseGoods = (state: Opened, recall: string): readonly TransferEvent[] =>
  state.recalls?.[recall] === undefined ? [] : [{ type: 'goods_released', recall }];

/** What waited in quarantine for a recall alone joins the stock once no recall stops it any more. */
export const freeReleased = (state: Opened): readonly TransferEvent[] =>
  Object.values(state.holds).flatMap((hold): TransferEvent[] => {
    const line = state.lines[hold.line];
    const isFree = isRecalled(hold) && line !== undefined && stoppedBy(state, line) === null;
    return isFree ? [{ type: 'hold_ended', held: hold.held, into: 'stock' }] : [];
  });
