import { expect, test } from 'vitest';
import type { Chat } from '../../src/command/chat.ts';
import type { CommandContext } from '../../src/command/command.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import { DEFAULT_PREFERENCES, languageOf } from '../../src/preferences/preferences.ts';
import { formatPreferences } from '../../src/preferences/preferences-format.ts';
import { defaultPosts, defaultTypes } from '../post-types.fixture.ts';
import { createCommandFixture } from './command.fixture.ts';
import { toPlainText } from './plain-text.fixture.ts';

const PRIVATE = { platform: 'telegram', chat: { kind: 'private' } } as const;
const presets = `[Everything→settings preset everything] [Missives only→settings preset missives]
[Photos & videos→settings preset pictures] [Daily digest→settings preset digest]`;

test('without a subscription, only the presets are offered', async () => {
  const { answer, store } = await createCommandFixture(PRIVATE);
  const invitation = `Wren's posts aren't delivered here yet. What would you like to get?
(You can change this any time in /settings.)
${presets}`;
  for (const line of ['/settings', '/settings schedule', '/settings rhythm daily', '/settings export'])
    expect(await answer(line)).toBe(invitation);
  expect(await store.destinations.list()).toEqual([]);
});

test.each([
  ['everything', "You get: all posts, as they're published.", '[Settings→settings]'],
  ['missives', "You get: missives, as they're published.", '[Settings→settings]'],
  ['pictures', "You get: photos and videos, as they're published.", '[Settings→settings]'],
  [
    'digest',
    `You get: ${defaultPosts(en)}, in a daily digest at 08:00 (UTC).`,
    '[Time zone: UTC→settings zone] [Settings→settings]',
  ],
])('the preset %s applies at once and sums up what is delivered when', async (name, said, ways) => {
  const { answer, store } = await createCommandFixture(PRIVATE);
  expect(await answer(`/settings preset ${name}`)).toBe(
    `${said}\n(You can change this any time in /settings.)\n${ways}`,
  );
  expect(await store.destinations.get('telegram:1')).toMatchObject({ state: 'active', source: 'command' });
});

test.each([
  ['zh-CN', 'zh'],
  ['en-US', undefined],
  ['fr', undefined],
])(
  'if the server’s language is %s, posts use the matching catalogue, which isn’t stored as chosen',
  async (language, spoken) => {
    const { answer, store } = await createCommandFixture({ chat: { language } });
    await answer('/subscribe');
    const { preferences } = (await store.destinations.get('discord:1'))!;
    expect([preferences.language, languageOf(preferences)]).toEqual([undefined, spoken]);
  },
);

test('a preset doesn’t change other settings', async () => {
  const { answer, store } = await createCommandFixture();
  await answer('/subscribe');
  for (const line of ['hashtags mute #gold', 'zone Tokyo', 'quiet 22-7', 'sound off'])
    await answer(`/settings ${line}`);
  expect(await answer('/settings preset digest')).toContain(
    'at 08:00 (Tokyo). Muted: #gold. Quiet 22:00–07:00: posts wait. Always silent.',
  );
  expect((await store.destinations.get('discord:1'))?.preferences).toMatchObject({
    mute: { hashtags: ['gold'] },
    timeZone: 'Asia/Tokyo',
    silent: true,
  });
});

test('the first screen sums up the settings and links to four groups, the presets and the export', async () => {
  const { answer, ask, press } = await createCommandFixture(PRIVATE);
  await answer('/settings preset digest');
  const all = (await ask('settings', { line: '' })).document;
  const says = `You get: ${defaultPosts(en)}, in a daily digest at 08:00 (UTC).`;
  expect(toPlainText(all)).toBe(`# Settings
${says}
(Tap a setting to change it.)
[📬 What→settings what] [🕗 When→settings when]
[🎨 How→settings how]
[Presets→settings preset] [Export→settings export]`);
  expect(toPlainText(await press('Presets', all))).toBe(`# Presets
${says}
(Sets which posts come and when. Other settings don't change.)
${presets.replace('[Daily', '[✓ Daily')}
[‹ Settings→settings]`);
  const when = await press('🕗 When', all);
  expect(toPlainText(when)).toBe(`# 🕗 When
${says}
(Get breaking news right away, even during quiet hours or between digests.)
[Schedule: daily digest 08:00→settings schedule]
[Time zone: UTC→settings zone]
[Quiet hours: off→settings quiet]
[✓ Sound: on→settings sound off]
[Breaking news: off→settings breaking on]
[‹ Settings→settings]`);
  expect(toPlainText(await press('Sound: on', when))).toContain('[Sound: off→settings sound on]');
  const schedule = await press('Schedule: daily digest 08:00', when);
  expect(toPlainText(schedule)).toContain(
    '{Schedule: Right away=right away | ✓ Daily digest=daily 08:00 | Weekly digest=weekly sunday 08:00→settings schedule}',
  );
  expect(toPlainText(schedule)).toMatch(/\[‹ When→settings when\]$/u);
});

test('on Discord a group shows its selects inline and stays open after a choice', async () => {
  const { answer } = await createCommandFixture();
  await answer('/settings preset digest');
  const when = await answer('/settings when');
  expect(when).toContain('{Schedule: Right away=right away | ✓ Daily digest=daily 08:00');
  expect(when).toContain('{Time zone: ✓ UTC 12:00=Etc/UTC');
  expect(await answer('/settings schedule weekly friday 9')).toMatch(
    /^# 🕗 When\n[^]*\{Day: [^}]*✓ Friday=weekly friday 09:00[^]*✓ 09:00=weekly friday 09:00/u,
  );
  expect(await answer('/settings what')).toContain('[Series: all→settings series]');
});

test('an invalid choice shows an error above the unchanged settings', async () => {
  const { answer, store } = await createCommandFixture();
  await answer('/settings preset digest');
  const before = await store.destinations.get('discord:1');
  for (const words of ['schedule yesterday', 'schedule none', 'zone none', 'style neon', 'types poems']) {
    const said = await answer(`/settings ${words}`);
    expect(said).toMatch(/^(?:I don't understand|I can't find)/u);
    expect(said).toContain('‹ Settings→settings]');
    expect(said).toContain('✓ ');
  }
  expect(await store.destinations.get('discord:1')).toEqual(before);
});

test.each([
  ['2rsettings?screen=schedule&value=weekly sunday 08:00', 'schedule: weekly sunday 08:00'],
  ['2rsettings?screen=style&value=card/cut', 'style: card/cut'],
  ['2rsettings?screen=language&value=default', 'language: default'],
  ['2rsettings?screen=types&add=reply', `types: ${defaultTypes({ and: ['reply'] })}`],
  ['2rsettings?screen=types&remove=photo', `types: ${defaultTypes({ without: ['photo'] })}`],
  ['2rsettings?screen=quiet&value=22:00-07:00 hold', 'quiet: 22:00-07:00 hold'],
  ['2rsettings?screen=zone&value=Asia/Shanghai', 'time zone: Asia/Shanghai'],
  ['2rsettings?screen=sound&value=off', 'silent: yes'],
  ['2rsettings?screen=hashtags&mode=mute&value=gm', 'mute: #gm'],
  // Of older versions.
  ['2rsettings?change=rhythm at once', 'schedule: right away'],
  ['2rsettings?change=rhythm weekly sunday 08:00', 'schedule: weekly sunday 08:00'],
  ['2rsettings?change=look card/cut', 'style: card/cut'],
  ['2rsettings?change=look standard', 'style: default'],
  ['2rsettings?change=language standard', 'language: default'],
  ['2rsettings?change=types -photo', `types: ${defaultTypes({ without: ['photo'] })}`],
  ['2rsettings?change=quiet 22:00-07:00 hold', 'quiet: 22:00-07:00 hold'],
  ['1rsettings rhythm daily 07:00', 'schedule: daily 07:00'],
])('the button %s sets “%s”, whatever the user’s language', async (token, line) => {
  const { pressToken, answer, store } = await createCommandFixture();
  await answer('/settings preset digest');
  await answer('/settings style plain');
  await answer('/settings language zh');
  await pressToken(token);
  expect(formatPreferences((await store.destinations.get('discord:1'))!.preferences).split('\n')).toContain(
    line,
  );
});

test.each([
  ['schedule', 'value=hourly'],
  ['schedule', 'value=每天'],
  ['quiet', 'value=22-7'],
  ['types', 'value=poem'],
  ['types', 'add=poem'],
  ['types', 'remove=and'],
  ['style', 'value=neon'],
  ['language', 'value=English'],
  ['zone', 'value=Atlantis'],
  ['sound', 'value=loud'],
  ['series', 'mode=follow&value=no such series'],
])('a forged button of %s with %s changes nothing and is answered politely', async (screen, options) => {
  const { pressToken, answer, store } = await createCommandFixture();
  await answer('/settings preset digest');
  const before = await store.destinations.get('discord:1');
  const said = toPlainText((await pressToken(`2rsettings?screen=${screen}&${options}`)).document);
  expect(said).toMatch(/^(?:I don't understand|I can't find|No series called)/u);
  expect(await store.destinations.get('discord:1')).toEqual(before);
});

test.each([
  ['2rsettings?change=rhythm', '# 🕗 When'],
  ['2rsettings?change=look', '# 🎨 How'],
  ['2rsettings?change=text', '# Your settings as text'],
  ['2rsettings?change=preset', '# Presets'],
  ['2rsettings?change=types', '# 📬 What'],
  ['2rsettings?change=hashtags', '# Hashtags'],
])('the button %s of a former screen leads to “%s”', async (token, heading) => {
  const { pressToken, answer } = await createCommandFixture();
  await answer('/settings preset digest');
  expect(toPlainText((await pressToken(token)).document)).toContain(heading);
});

test.each([
  ['settings?screen=types&value=', ['photo', 'missive'], 'types: missive, photo'],
  ['settings?screen=types&value=', [], 'types: none'],
  ['settings?screen=schedule&value=', ['weekly friday 18:00'], 'schedule: weekly friday 18:00'],
  // Selects of former screens.
  ['settings?change=types', ['photo', 'missive'], 'types: missive, photo'],
  ['settings?change=types', [], 'types: none'],
  ['settings?change=schedule', ['weekly friday 18:00'], 'schedule: weekly friday 18:00'],
])('the select %s with %j means “%s”', async (press, values, line) => {
  const { pressToken, answer, store } = await createCommandFixture();
  await answer('/settings preset digest');
  await pressToken(`2r${press}`, values);
  expect(formatPreferences((await store.destinations.get('discord:1'))!.preferences).split('\n')).toContain(
    line,
  );
});

test('an unknown setting is answered with the list of settings', async () => {
  const { answer } = await createCommandFixture();
  await answer('/subscribe');
  expect(await answer('/settings colour red')).toBe(
    "There's no setting called “colour”. Use /settings, or one of: types, series, hashtags, schedule, zone, quiet, sound, breaking, style, language.\n[Settings→settings]",
  );
  expect(await answer('/settings preset nonsense')).toContain('everything, missives, pictures, digest');
});

test('settings can be exported and imported in another chat', async () => {
  const { answer, ask, store } = await createCommandFixture();
  await answer('/subscribe');
  for (const line of ['types missive, photo', 'series follow harbour', 'hashtags mute gold', 'quiet 22-7'])
    await answer(`/settings ${line}`);
  const { document } = await ask('settings', { line: 'export' });
  const block = document.find(({ type }) => type === 'code-block');
  const text = block?.type === 'code-block' ? block.text : '';
  expect(toPlainText(document)).toContain('/settings import');

  const elsewhere: Partial<Chat> = { destination: 'discord:2' };
  const said = await ask('settings', { line: `import\n${text}` }, elsewhere);
  expect(toPlainText(said.document)).toContain(
    "You get: missives and photos, as they're published. Following: Harbour Morning Missive. Muted: #gold.",
  );
  const choices = (await store.destinations.get('discord:1'))?.preferences;
  expect(choices?.postTypes).toEqual(['missive', 'photo']);
  expect((await store.destinations.get('discord:2'))?.preferences).toEqual(choices);

  // A single-line form turns line breaks into spaces.
  const form: Partial<Chat> = { destination: 'discord:3' };
  await ask('settings', { named: { change: `import ${text.replaceAll('\n', ' ')}` } }, form);
  expect((await store.destinations.get('discord:3'))?.preferences).toEqual(choices);
});

test('an import with errors changes nothing, and each invalid line gets a valid example', async () => {
  const { answer, store } = await createCommandFixture();
  expect(await answer('/settings import\ntypes: missive\nschedule: hourly\ncolour: red')).toBe(
    `Nothing changed – I couldn't read 2 lines:

schedule: hourly
→ try: schedule: right away

colour: red
→ try: types: ${defaultTypes()}`,
  );
  expect(await store.destinations.list()).toEqual([]);
  await answer('/subscribe');
  await answer('/settings import\ntypes: poems');
  expect((await store.destinations.get('discord:1'))?.preferences).toEqual(DEFAULT_PREFERENCES);
  expect(await answer('/settings import')).toContain('Get it with /settings export');
});

test('language and time zone chosen in a private chat apply everywhere', async () => {
  const seen: CommandContext['preferences'][] = [];
  const { answer, store } = await createCommandFixture(PRIVATE);
  const kept = async () =>
    seen.push((await store.values.keyv<CommandContext['preferences']>('reader').get('telegram:7')) ?? {});
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
  expect((await store.destinations.get('telegram:1'))?.preferences).toMatchObject({
    language: 'zh',
    timeZone: 'Asia/Shanghai',
  });
});

test('a language chosen in a private chat is used at once and from then on', async () => {
  const { answer } = await createCommandFixture(PRIVATE);
  await answer('/settings preset missives');
  expect(await answer('/settings language 中文')).toContain('# 语言');
  expect(await answer('/settings')).toContain('接收：长文，实时推送。');
  expect(await answer('/latest 2')).not.toContain('Latest from');
  expect(await answer('/settings language default')).toContain('# Language');
});

test('a user whose app is in Chinese gets Chinese from the first answer on', async () => {
  const { answer, store } = await createCommandFixture({ ...PRIVATE, user: { language: 'zh-hans' } });
  expect(await answer('/settings')).toContain('[每日汇总→settings preset digest]');
  expect(await answer('/settings preset digest')).toContain('每天 08:00（UTC）汇总推送。');
  expect(languageOf((await store.destinations.get('telegram:1'))!.preferences)).toBe('zh');
});

test('without a chosen language, posts and answers use the app’s language', async () => {
  const { answer, store } = await createCommandFixture({ ...PRIVATE, user: { language: 'zh-hans' } });
  await answer('/settings preset missives');
  expect(await answer('/settings language en')).toContain('# Language');
  expect(await answer('/settings language standard')).toContain('# 语言');
  expect(languageOf((await store.destinations.get('telegram:1'))!.preferences)).toBe('zh');
  expect(await answer('/settings')).toContain('# 设置');
});

test.each([
  'sound off',
  'zone Shanghai',
  'preset digest',
  'schedule daily',
  'rhythm daily',
  'quiet 22-7',
  'import types: photo',
])('“/settings %s” doesn’t choose a language: posts and answers follow the app', async (line) => {
  const user = { language: 'en-GB' };
  const { answer, store } = await createCommandFixture({ ...PRIVATE, user });
  const choices = async () => (await store.destinations.get('telegram:1'))!.preferences;
  await answer('/subscribe');
  user.language = 'zh-hans';
  await answer(`/settings ${line}`);
  expect(await answer('/settings language')).toContain('{语言: ✓ 默认=default');
  expect([(await choices()).language, languageOf(await choices())]).toEqual([undefined, 'zh']);
  expect(await answer('/settings export')).not.toMatch(/zh|reported/u);
  user.language = 'en-GB';
  expect(await answer('/latest')).toContain('Latest from');
  expect(languageOf(await choices())).toBeUndefined();
  await answer('/settings language zh');
  expect(await answer('/latest')).not.toContain('Latest from');
  expect(languageOf(await choices())).toBe('zh');
});

test('without a chosen time zone, none is stored', async () => {
  const { answer, store } = await createCommandFixture(PRIVATE);
  await answer('/subscribe');
  await answer('/settings sound off');
  expect(await store.values.keyv('reader').get('telegram:7')).toEqual({ chat: 'telegram:1' });
});

test('a request in a suspended private chat resumes deliveries', async () => {
  const { answer, store } = await createCommandFixture(PRIVATE);
  await answer('/settings preset missives');
  await store.destinations.suspend('telegram:1', 'Blocked.', true);
  expect(await answer('/settings')).toContain("You get: missives, as they're published.");
  expect(await store.destinations.get('telegram:1')).toMatchObject({ state: 'active' });
});

test('in a group they are the group’s settings, and the user’s own don’t change', async () => {
  const { answer, store } = await createCommandFixture();
  await answer('/subscribe');
  await answer('/settings zone Shanghai');
  expect(await store.values.keyv('reader').get('discord:7')).toBeUndefined();
});

test.each([
  ['/settings', { subscribable: false }, "I can't deliver posts here."],
  ['/settings preset missives', { subscribable: false }, "I can't deliver posts here."],
  [
    '/settings preset missives',
    { missingPermissions: async () => ['Send Messages'] },
    'Missing: Send Messages',
  ],
  [
    '/settings import types: missive',
    { missingPermissions: async () => ['Send Messages'] },
    'Missing: Send Messages',
  ],
])('%s where posts can’t come says so', async (line, place, said) => {
  const { answer, store } = await createCommandFixture({ chat: place });
  expect(await answer(line)).toContain(said);
  expect(await store.destinations.list()).toEqual([]);
});

test.each([
  ['', 'schedule daily 08:00'],
  ['sc', 'schedule weekly sunday 08:00'],
  ['preset m', 'preset missives'],
  ['zone hels', 'zone Europe/Helsinki'],
])('typing "%s" suggests %s', async (typed, expected) => {
  const { handler } = await createCommandFixture();
  const asked = { command: 'settings', option: 'change', typed, user: 'discord:7', language: 'en' };
  expect(await handler.autocomplete(asked)).toContain(expected);
});
