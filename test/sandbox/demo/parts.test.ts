import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../sandbox/demo/change.ts';
import { slashOptions, type TypedOption } from '../../../sandbox/demo/clients/parse-slash-command.ts';
import { withRoleNames } from '../../../sandbox/demo/clients/select-options.ts';
import { paintDawn } from '../../../sandbox/demo/content/paint-dawn.ts';
import { createFeed } from '../../../sandbox/demo/feed.ts';
import { inlineViews } from '../../../sandbox/demo/page/view/discord-inline.ts';
import { createPageFiles } from '../../../sandbox/demo/page-files.ts';
import type { Guild } from '../../../sandbox/discord/world/model.ts';

describe('a painted picture', () => {
  test('is a PNG of the size asked for', () => {
    const png = paintDawn('dawn.png', 32, 18);
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([32, 18]);
    const start = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
    expect(rows).toHaveLength((32 * 3 + 1) * 18);
  });

  test('is the same for the same name, and another for another', () => {
    expect(paintDawn('a', 32, 18).equals(paintDawn('a', 32, 18))).toBe(true);
    expect(paintDawn('a', 32, 18).equals(paintDawn('b', 32, 18))).toBe(false);
  });
});

describe('a line typed after a slash command', () => {
  const options: readonly TypedOption[] = [
    { name: 'count', type: 4 },
    { name: 'type', type: 3, choices: [{ name: 'Photo', value: 'photo' }] },
  ];
  const search: readonly TypedOption[] = [
    { name: 'query', type: 3, required: true },
    { name: 'type', type: 3, choices: [{ name: 'Photo', value: 'photo' }] },
  ];
  test.each([
    ['', options, {}],
    ['3', options, { count: 3 }],
    ['photo', options, { type: 'photo' }],
    ['Photo 2', options, { type: 'photo', count: 2 }],
    ['count:4', options, { count: 4 }],
    ['count:many', options, { count: 'many' }],
    ['blue crane', search, { query: 'blue crane' }],
    ['photo of a crane', search, { query: 'photo of a crane' }],
    ['dawn type:photo', search, { query: 'dawn', type: 'photo' }],
    ['before:2026-01-01 dawn', search, { query: 'before:2026-01-01 dawn' }],
  ])('"%s" fills the options', (line, registered, expected) => {
    expect(slashOptions(registered, line)).toEqual(expected);
  });

  test('is refused where no option takes a word', () => {
    expect(() => slashOptions(options, '3 bananas')).toThrow('"bananas"');
  });
});

describe('the feed', () => {
  const note = (id: string, headline: string, gone = false): Change => ({
    type: 'note',
    note: { id, headline, postType: { en: 'note', zh: '短文' }, isArticle: false, at: 1, gone },
  });

  test('tells a late page what stands, then what changes', () => {
    const feed = createFeed();
    const told: Change[] = [];
    feed.put('a', note('a', 'first'));
    feed.put('b', note('b', 'second'));
    feed.put('a', note('a', 'first, mended'));
    feed.put('b', note('b', 'second', true));
    const unwatch = feed.watch((change) => told.push(change));
    feed.put('c', note('c', 'third'));
    unwatch();
    feed.put('d', note('d', 'fourth'));
    expect(told).toEqual([note('a', 'first, mended'), note('c', 'third')]);
  });
});

describe('the page', () => {
  const fileAt = createPageFiles();

  test('is served with its scripts as JavaScript', async () => {
    expect((await fileAt('/'))?.body).toContain('<script type="module" src="/browser/main.ts">');
    const script = await fileAt('/view/view.ts');
    expect(script?.type).toContain('text/javascript');
    expect(script?.body).not.toContain('interface Element');
  });

  test.each([
    '/../archive.ts',
    '/browser/tsconfig.json',
    '/view/nothing.ts',
    '/page/index.html',
    '/picture/',
  ])('has nothing at %s', async (path) => {
    expect(await fileAt(path)).toBeUndefined();
  });

  test('names only styles and scripts that are there', async () => {
    const html = String((await fileAt('/'))?.body);
    const paths = [...html.matchAll(/(?:href|src)="(\/(?:style|browser)\/[^"]+)"/gu)].map(
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) expect([path, typeof (await fileAt(path))?.body]).toEqual([path, 'string']);
  });
});

test('a reloaded page has no open form', () => {
  const feed = createFeed();
  const heard: string[] = [];
  feed.watch((change) => heard.push(`first ${change.type}`));
  feed.put('discord form', { type: 'form', form: { title: 't', label: 'l', hint: 'h', maxLength: 9 } });
  feed.watch((change) => heard.push(`second ${change.type}`));
  expect(heard).toEqual(['first form']);
});

test('roles that a message names are drawn by their names', () => {
  const guild = { roles: new Map([['12', { name: 'The "early" <birds>' }]]) } as unknown as Guild;
  expect(withRoleNames({ content: 'For <@&12>, not <@&13>' }, guild)).toEqual({
    content: 'For <@&The "early" birds>, not <@&13>',
  });
  expect(JSON.stringify(inlineViews('For <@&birds>: </latest:7>', 0))).toMatch(/@birds.*\/latest/u);
});
test('a picture that the bot has uploaded is shown as it is', async () => {
  const bytes = Buffer.from('a chart');
  const fileAt = createPageFiles((name) => (name === 'chart.png' ? bytes : undefined));
  expect((await fileAt('/picture/chart.png'))?.body).toBe(bytes);
  expect((await fileAt('/picture/dawn.png'))?.body).not.toBe(bytes);
});
