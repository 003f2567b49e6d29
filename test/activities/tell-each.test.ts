import { expect, test } from 'vitest';
import { tellEach } from '../../worker/tell-each.ts';

test('one who can’t be told holds up nobody, and is given up after some attempts', async () => {
  const told: string[] = [];
  let beats = 0;
  const tell = async (one: string) => {
    told.push(one);
    if (one === 'halted' || (one === 'late' && told.filter((each) => each === 'late').length < 3)) throw new Error(one);
  };
  const names = ['halted', ...Array.from({ length: 30 }, (_, index) => `R-${index}`), 'late'];
  const first = async () => names.slice(0, 20);
  const then = async () => {
    expect(told).toHaveLength(20);
    return names.slice(20);
  };
  const { told: counted, untold } = await tellEach([first, then], {
    tell,
    atOnce: 4,
    pausesMs: [1, 1, 1],
    beat: () => (beats += 1),
  });
  expect([counted, untold]).toEqual([[20, 12], [{ one: 'halted', error: new Error('halted') }]]);
  expect(told.filter((one) => one.startsWith('R-'))).toHaveLength(30);
  expect([told.filter((one) => one === 'halted').length, told.filter((one) => one === 'late').length]).toEqual([4, 3]);
  expect(beats).toBeGreaterThanOrEqual(told.length);
  // Who can be told is told before anybody is tried again.
  expect(told.lastIndexOf('R-29')).toBeLessThan(told.lastIndexOf('late'));
});
