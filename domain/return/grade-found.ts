import type { Grade } from '../goods/grading.ts';
import type { ItemState } from './state.ts';

/** The grade that goods came back in, before anybody worked on them: what their buyer is settled by. Null until graded. */
export const gradeFound = ({ grade, work }: Pick<ItemState, 'grade' | 'work'>): Grade | null => work?.found ?? grade;
