import { expect, test } from 'vitest';
import { DEFAULT_CHOICES, languageOf } from '../../src/choices/choices.ts';
import type { CommandContext } from '../../src/command/command.ts';
import type { Place } from '../../src/command/invocation.ts';
import { createBench } from './bench.ts';
import { written } from './written.ts';

const PRIVATE = { platform: 'telegram', place: { kind: 'private' } } as const;
const presets = `[Everything→settings preset everything] [Missives→settings preset missives]
[Photos and videos→settings preset pictures] [Daily digest→settings preset digest]`;

test('where nothing comes yet, what could come is offered, and nothing else', async () => {
  const { answer, store } = await createBench(PRIVATE);
  const invitation = `What Wren publishes does not come here yet. What would you like to get?
(All of it can be changed later.)
${presets}`;
  for (const line of ['/settings', '/settings rhythm', '/settings rhythm daily', '/settings text'])
    expect(await answer(line)).toBe(invitation);
  expect(await store.destinations()).toEqual([]);
});

test.each([
  ['everything', 'Everything, each at once.', '[Settings→settings]'],
  ['missives', 'Missives, each at once.', '[Settings→settings]'],
  ['pictures', 'Photos and videos, each at once.', '[Settings→settings]'],
  [
    'digest',
    'Missives, notes, links, photos and videos, in one digest every day at 08:00 (UTC).',
    '[Time zone: UTC→settings zone] [Settings→settings]',
  ],
])('the preset %s begins at once, and says what comes and when', async (name, said, ways) => {
  const { answer, store } = await createBench(PRIVATE);
  expect(await answer(`/settings preset ${name}`)).toBe(
    `${said}\n(All of it can be changed later.)\n${ways}`,
  );
  expect(await store.destination('telegram:1')).toMatchObject({ state: 'active', source: 'command' });
});

test.each([
  ['zh-CN', 'zh'],
  ['en-US', undefined],
  ['fr', undefined],
])(
  'where the server speaks %s, posts come in a language of ours for it, which nobody chose',
  async (language, spoken) => {
    const { answer, store } = await createBench({ place: { language } });
    await answer('/subscribe');
    const { choices } = (await store.destination('discord:1'))!;
    expect([choices.language, languageOf(choices)]).toEqual([undefined, spoken]);
  },
);

test('a preset leaves alone what it does not speak of', async () => {
  const { answer, store } = await createBench();
  await answer('/subscribe');
  for (const line of ['hashtags mute #gold', 'zone Tokyo', 'quiet 22-7', 'sound off'])
    await answer(`/settings ${line}`);
  expect(await answer('/settings preset digest')).toContain(
    'at 08:00 (Tokyo). Never: #gold. From 22:00 to 07:00 posts wait. They make no sound.',
  );
  expect((await store.destination('discord:1'))?.choices).toMatchObject({
    mute: { hashtags: ['gold'] },
    timeZone: 'Asia/Tokyo',
    silent: true,
  });
});

test('all choices are one message, and each leads to its panel and back', async () => {
  const { answer, ask, press } = await createBench();
  await answer('/subscribe');
  const all = (await ask('settings', { line: '' })).document;
  expect(written(all)).toBe(`# Settings
Missives, notes, links, photos and videos, each at once.
(Touch what you want to change.)
[Posts: 5 of 7→settings types] [Series: –→settings series]
[Hashtags: –→settings hashtags] [Rhythm: at once→settings rhythm]
[Quiet hours: off→settings quiet] [Sound: on→settings sound]
[Breaking news: no→settings breaking] [Time zone: UTC→settings zone]
[Look: as usual→settings look] [Language: as usual→settings language]
[Ready choices→settings preset] [As text→settings text]`);
  expect(written(await press('Ready choices', all))).toBe(`# Ready choices
Missives, notes, links, photos and videos, each at once.
(One of these sets at once what comes and when; all else stays as it is.)
${presets}
[‹ Settings→settings]`);
  const rhythm = await press('Rhythm: at once', all);
  expect(written(rhythm)).toBe(`# When should posts come?
Each one at once.
[✓ At once→settings rhythm at once] [Daily→settings rhythm daily 08:00] [Weekly→settings rhythm weekly sunday 08:00]
[‹ Settings→settings]`);
  const weekly = await press('Weekly', rhythm);
  const friday = await press('Friday', weekly);
  expect(written(await press('‹ Settings', await press('09:00', friday)))).toContain(
    '[Rhythm: weekly Friday 09:00→settings rhythm]',
  );
});

test('a setting that does not exist is answered with those that do', async () => {
  const { answer } = await createBench();
  await answer('/subscribe');
  expect(await answer('/settings colour red')).toBe(
    'I have no setting “colour”. There are: types, series, hashtags, rhythm, quiet, sound, breaking, zone, look, language. /settings shows them all.',
  );
  expect(await answer('/settings preset nonsense')).toContain('everything, missives, pictures, digest');
});

test('choices go as text from one place to another', async () => {
  const { answer, ask, store } = await createBench();
  await answer('/subscribe');
  for (const line of ['types missive, photo', 'series follow harbour', 'hashtags mute gold', 'quiet 22-7'])
    await answer(`/settings ${line}`);
  const { document } = await ask('settings', { line: 'text' });
  const block = document.find(({ type }) => type === 'code-block');
  const text = block?.type === 'code-block' ? block.text : '';
  expect(written(document)).toContain('/settings import');

  const elsewhere: Partial<Place> = { destination: 'discord:2' };
  const said = await ask('settings', { line: `import\n${text}` }, elsewhere);
  expect(written(said.document)).toContain(
    'Missives and photos, each at once. Always: harbour morning missive. Never: #gold.',
  );
  const choices = (await store.destination('discord:1'))?.choices;
  expect(choices?.postTypes).toEqual(['missive', 'photo']);
  expect((await store.destination('discord:2'))?.choices).toEqual(choices);

  // A form of one line makes blanks of the line ends.
  const form: Partial<Place> = { destination: 'discord:3' };
  await ask('settings', { named: { change: `import ${text.replaceAll('\n', ' ')}` } }, form);
  expect((await store.destination('discord:3'))?.choices).toEqual(choices);
});

test('an import with a mistake changes nothing, and says line by line what would be right', async () => {
  const { answer, store } = await createBench();
  expect(await answer('/settings import\ntypes: missive\nrhythm: hourly\ncolour: red')).toBe(
    `Nothing was changed. I don’t understand 2 lines:

rhythm: hourly
→ right would be: rhythm: at once

colour: red
→ right would be: types: missive, note, link, photo, video`,
  );
  expect(await store.destinations()).toEqual([]);
  await answer('/subscribe');
  await answer('/settings import\ntypes: poems');
  expect((await store.destination('discord:1'))?.choices).toEqual(DEFAULT_CHOICES);
  expect(await answer('/settings import')).toContain('/settings text shows that of this place');
});

test('in one’s own chat, language and zone are the reader’s wherever they ask', async () => {
  const seen: CommandContext['reader'][] = [];
  const { answer, store } = await createBench(PRIVATE);
  const kept = async () =>
    seen.push((await store.keyv<CommandContext['reader']>('reader').get('telegram:7')) ?? {});
  await answer('/subscribe');
  await kept();
  await answer('/settings zone Shanghai');
  await kept();
  await answer('/settings language zh');
  await answer('/unsubscribe');
  await answer('/settings preset digest');
  await kept();
  const chat = 'telegram:1';
  expect(seen).toEqual([
    { chat },
    { chat, timeZone: 'Asia/Shanghai' },
    { chat, language: 'zh', timeZone: 'Asia/Shanghai' },
  ]);
  expect((await store.destination('telegram:1'))?.choices).toMatchObject({
    language: 'zh',
    timeZone: 'Asia/Shanghai',
  });
});

test('a language that is chosen in one’s own chat is spoken at once, and from then on', async () => {
  const { answer } = await createBench(PRIVATE);
  await answer('/settings preset missives');
  expect(await answer('/settings language 中文')).toContain('# 语言');
  expect(await answer('/settings')).toContain('会收到：长文，随发随到。');
  expect(await answer('/latest 2')).not.toContain('Latest from');
  expect(await answer('/settings language standard')).toContain('# Language');
});

test('whose platform speaks Chinese gets Chinese from the first answer on', async () => {
  const { answer, store } = await createBench({ ...PRIVATE, asker: { language: 'zh-hans' } });
  expect(await answer('/settings')).toContain('[每日汇总→settings preset digest]');
  expect(await answer('/settings preset digest')).toContain('每天 08:00 汇总成一条');
  expect(languageOf((await store.destination('telegram:1'))!.choices)).toBe('zh');
});

test('without a chosen language posts and answers are in that of the reader’s platform', async () => {
  const { answer, store } = await createBench({ ...PRIVATE, asker: { language: 'zh-hans' } });
  await answer('/settings preset missives');
  expect(await answer('/settings language en')).toContain('# Language');
  expect(await answer('/settings language standard')).toContain('# 语言');
  expect(languageOf((await store.destination('telegram:1'))!.choices)).toBe('zh');
  expect(await answer('/settings')).toContain('# 设置');
});

test.each([
  'sound off',
  'zone Shanghai',
  'preset digest',
  'rhythm daily',
  'quiet 22-7',
  'import types: photo',
])('who says “/settings %s” chooses no language with it: posts and answers follow the app', async (line) => {
  const asker = { language: 'en-GB' };
  const { answer, store } = await createBench({ ...PRIVATE, asker });
  const choices = async () => (await store.destination('telegram:1'))!.choices;
  await answer('/subscribe');
  asker.language = 'zh-hans';
  await answer(`/settings ${line}`);
  expect(await answer('/settings language')).toContain('[✓ 默认→');
  expect([(await choices()).language, languageOf(await choices())]).toEqual([undefined, 'zh']);
  expect(await answer('/settings text')).not.toMatch(/zh|reported/u);
  asker.language = 'en-GB';
  expect(await answer('/latest')).toContain('Latest from');
  expect(languageOf(await choices())).toBeUndefined();
  await answer('/settings language zh');
  expect(await answer('/latest')).not.toContain('Latest from');
  expect(languageOf(await choices())).toBe('zh');
});

test('where no zone is chosen, none is stored as chosen', async () => {
  const { answer, store } = await createBench(PRIVATE);
  await answer('/subscribe');
  await answer('/settings sound off');
  expect(await store.keyv('reader').get('telegram:7')).toEqual({ chat: 'telegram:1' });
});

test('who asks in their own chat gets posts again that could not be written to', async () => {
  const { answer, store } = await createBench(PRIVATE);
  await answer('/settings preset missives');
  await store.suspend('telegram:1', 'Blocked.', true);
  expect(await answer('/settings')).toContain('Missives, each at once.');
  expect(await store.destination('telegram:1')).toMatchObject({ state: 'active' });
});

test('in company they are the place’s, and the reader’s stay as they were', async () => {
  const { answer, store } = await createBench();
  await answer('/subscribe');
  await answer('/settings zone Shanghai');
  expect(await store.keyv('reader').get('discord:7')).toBeUndefined();
});

test.each([
  ['/settings', { subscribable: false }, "I can't deliver posts here."],
  ['/settings preset missives', { subscribable: false }, "I can't deliver posts here."],
  ['/settings preset missives', { missing: async () => ['Send Messages'] }, 'Missing: Send Messages'],
  ['/settings import types: missive', { missing: async () => ['Send Messages'] }, 'Missing: Send Messages'],
])('%s where posts can’t come says so', async (line, place, said) => {
  const { answer, store } = await createBench({ place });
  expect(await answer(line)).toContain(said);
  expect(await store.destinations()).toEqual([]);
});

test.each([
  ['', 'rhythm daily 08:00'],
  ['rh', 'rhythm weekly sunday 08:00'],
  ['preset m', 'preset missives'],
  ['zone hels', 'zone Europe/Helsinki'],
])('typing "%s" suggests %s', async (typed, expected) => {
  const { dispatch } = await createBench();
  const asked = { command: 'settings', option: 'change', typed, asker: 'discord:7', language: 'en' };
  expect(await dispatch.suggest(asked)).toContain(expected);
});
