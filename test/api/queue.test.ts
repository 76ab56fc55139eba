import { describe, expect, test } from 'vitest';
import { Problem } from '../../api/errors.js';
import { CommandQueue, inFlight, longestLine } from '../../api/queue.js';

/** Work that ends when it is told to. */
function held() {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { done, end };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('commands of one meeting (design §3)', () => {
  test('at most four are in flight, the rest follow in order', async () => {
    const queue = new CommandQueue();
    const work = Array.from({ length: 10 }, held);
    const began: number[] = [];
    const all = work.map((w, i) =>
      queue.run('m', () => {
        began.push(i);
        return w.done;
      }),
    );
    await turn();
    expect(began).toEqual([0, 1, 2, 3]);
    expect(inFlight).toBe(4);
    for (const w of work) {
      w.end();
      await turn();
    }
    await Promise.all(all);
    expect(began).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(queue.size).toBe(0);
  });

  test('another meeting does not wait, and one that failed holds nobody up', async () => {
    const queue = new CommandQueue();
    const work = Array.from({ length: 5 }, held);
    const first = work.map((w) => queue.run('m', () => w.done));
    expect(await queue.run('other', () => Promise.resolve('now'))).toBe('now');
    work.forEach((w) => w.end());
    await Promise.all(first);
    await expect(queue.run('m', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run('m', () => Promise.resolve(1))).toBe(1);
    expect(queue.size).toBe(0);
  });

  test('a line that is full is refused at once with 503, nothing of it is run', async () => {
    const queue = new CommandQueue();
    const gate = held();
    const wait = (length: number) => Array.from({ length }, () => queue.run('m', () => gate.done));
    const line = wait(inFlight);
    await turn();
    line.push(...wait(longestLine));
    let ran = false;
    const refused = await queue.run('m', () => Promise.resolve((ran = true))).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ status: 503, options: { headers: { 'retry-after': '2' } } });
    expect(ran).toBe(false);
    gate.end();
    await Promise.all(line);
  });
});
