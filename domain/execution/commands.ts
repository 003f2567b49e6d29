import type { OwnNews } from '../process/numbered.ts';
import type { StopSaleCommand } from './stop-sale.ts';
import type { Told } from './telling.ts';

/** What reaches an execution of every kind once it has begun, beside what people tell it of their work. */
export type CommonCommand<Resolution> =
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: Resolution;
      readonly note: string;
    }
  | StopSaleCommand
  | OwnNews<Told>;
