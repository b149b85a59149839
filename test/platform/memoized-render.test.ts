import { expect, test } from 'vitest';
import type { CooperativeTask } from '../../src/lib/time-slicing.ts';
import { paragraph, text } from '../../src/note/document.ts';
import type { ReadyDocument } from '../../src/note/present/finish.ts';
import { memoizeRender } from '../../src/platform/memoized-render.ts';
import type { Body } from '../../src/platform/platform.ts';
import { ready } from '../ready.fixture.ts';

const saying = (words: string, language = 'en') => ready([paragraph(text(words))], { language });

/** Renders in as many steps, each as long as a turn may be, and notes what was rendered. */
function slowly(steps: number) {
  const asked: string[] = [];
  function* render(document: ReadyDocument, variant: string): CooperativeTask<readonly Body[]> {
    asked.push(variant);
    for (let step = 0; step < steps; step += 1) {
      const until = performance.now() + 6;
      while (performance.now() < until);
      yield;
    }
    return [{ cost: 1, call: document }];
  }
  return { asked, rendered: memoizeRender(render) };
}

test('what six ask for at once is rendered once, and not again afterwards', async () => {
  const { asked, rendered } = slowly(3);
  const bodies = await Promise.all(Array.from({ length: 6 }, () => rendered(saying('long'), 'card')));
  expect(new Set(bodies).size).toBe(1);
  // Made anew from the archive, it is the same document.
  expect(await rendered(structuredClone(saying('long')), 'card')).toBe(bodies[0]);
  expect(asked).toEqual(['card']);
});

test('another variant, another text and another language are rendered for themselves', async () => {
  const { asked, rendered } = slowly(0);
  await rendered(saying('one'), 'card');
  await rendered(saying('one'), 'plain');
  await rendered(saying('two'), 'card');
  await rendered(saying('one', 'zh'), 'card');
  expect(asked).toEqual(['card', 'plain', 'card', 'card']);
});

test('what is short does not wait for what is long, and the loop turns while something long is rendered', async () => {
  const long = slowly(20);
  const ended: string[] = [];
  const noted = (name: string) => (): unknown => ended.push(name);
  const first = long.rendered(saying('long'), 'card').then(noted('long'));
  const turn = new Promise((resolve) => setImmediate(resolve)).then(noted('turn'));
  const second = slowly(0).rendered(saying('short'), 'card').then(noted('short'));
  await Promise.all([first, second, turn]);
  expect(ended).toEqual(['short', 'turn', 'long']);
});

test('what failed is tried again, and what was asked for longest ago is forgotten', async () => {
  let fails = true;
  let count = 0;
  const rendered = memoizeRender(function* (): CooperativeTask<readonly Body[]> {
    count += 1;
    yield;
    if (fails) throw new Error('no');
    return [];
  });
  await expect(rendered(saying('one'), '')).rejects.toThrow('no');
  fails = false;
  await rendered(saying('one'), '');
  expect(count).toBe(2);
  for (let n = 0; n < 64; n += 1) await rendered(saying(`other ${n}`), '');
  await rendered(saying('one'), '');
  expect(count).toBe(2 + 64 + 1);
});
