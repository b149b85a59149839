import { expect } from 'vitest';
import { authorNamed } from '../../../sandbox/relay/fake-author.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../../src/note/note.ts';
import { DEFAULT_POST_TYPES, POST_TYPES } from '../../../src/note/post-types.ts';
import { DEFAULT_PREFERENCES } from '../../../src/preferences/preferences.ts';
import { formatPreferences } from '../../../src/preferences/preferences-format.ts';
import { typeLabel } from '../../../src/settings/panel.ts';
import { PRESETS } from '../../../src/settings/presets.ts';
import { ALL_TYPES, defaultTypes } from '../../post-types.fixture.ts';
import { type Case, type ContractFixture, replyText, type Where, type Who } from './driver.ts';
import { author } from './program.fixture.ts';

const { settings, catchup } = en;
const signer = authorNamed('Mara');
const words = 'The tide table on the wall is from another harbour, and nobody has dared to say so. '.repeat(
  2,
);
const HOUR_AGO_S = Math.floor(Date.now() / 1000) - 3_600;
/** Two posts of one series, with a hashtag. */
const watches: readonly Note[] = [1, 2].map(
  (part) =>
    eventToNote(
      signer.note(`Night Watch – ${part}\n\n${words} #harbour`, {
        createdAt: HOUR_AGO_S + part,
      }) as VerifiedEvent,
    )!,
);

/** Who changes the settings of which chat. */
const SIDES: readonly (readonly [Where, Who])[] = [
  ['private', 'reader'],
  ['company', 'manager'],
];

/** With selects, a group's choices are on its screen; without, each has its own. */
type Step = string | { readonly telegram: string } | { readonly discord: string };
const { what, when } = settings.groups;
const zone = (name: string): RegExp => new RegExp(`^${name} \\d\\d:\\d\\d$`, 'u');

/** For each panel the buttons to press from the first screen, and the resulting lines of the export. */
const WAYS: readonly (readonly [
  name: string,
  presses: readonly (Step | RegExp)[],
  lines: readonly string[],
])[] = [
  [
    'types',
    [
      `📬 ${what}`,
      { telegram: settings.types.label(`${DEFAULT_POST_TYPES.length} of ${POST_TYPES.length}`) },
      typeLabel('reply', en),
      `✓ ${typeLabel('note', en)}`,
    ],
    [`types: ${defaultTypes({ and: ['reply'], without: ['note'] })}`],
  ],
  [
    'series',
    [`📬 ${what}`, settings.series.label('all'), '★ Night Watch', '🔇 Night Watch'],
    ['follow: none', 'mute: "night watch"'],
  ],
  ['hashtags', [`📬 ${what}`, settings.hashtags.label('all'), '★ #harbour'], ['follow: #harbour']],
  [
    'schedule',
    [
      `🕗 ${when}`,
      { telegram: settings.schedule.label('right away') },
      settings.schedule.kinds.weekly,
      'Friday',
      '18:00',
    ],
    ['schedule: weekly friday 18:00'],
  ],
  [
    'quiet',
    [
      `🕗 ${when}`,
      settings.quiet.label('off'),
      settings.quiet.modes.silence,
      { telegram: settings.quiet.from('23:00') },
      { discord: '23:00' },
    ],
    ['quiet: 23:00-07:00 silence'],
  ],
  ['sound', [`🕗 ${when}`, `✓ ${settings.sound.label('on')}`], ['silent: yes']],
  ['breaking', [`🕗 ${when}`, settings.breaking.label('off')], ['breaking: yes']],
  [
    'zone',
    [`🕗 ${when}`, { telegram: settings.zone.label('UTC') }, zone(settings.zone.names['America/New_York'])],
    ['time zone: America/New_York'],
  ],
];

export function describeSettings(bench: ContractFixture, one: Case): void {
  async function start(): Promise<void> {
    await bench.start();
    await bench.program.store.journal.accept(watches.map((note) => ({ note, news: false })));
  }
  async function chosen(): Promise<string> {
    const [destination, ...others] = await bench.program.store.destinations.list();
    expect(others).toEqual([]);
    return formatPreferences(
      (await bench.program.store.destinations.get(destination?.id ?? ''))?.preferences ?? DEFAULT_PREFERENCES,
    );
  }

  for (const [where, by] of SIDES) {
    const at = { where, by } as const;
    const place = `in ${where === 'private' ? 'private' : 'a group'}`;

    for (const [name, presses, lines] of WAYS)
      one(`the panel ${name} changes settings ${place}, within one message`, async () => {
        await start();
        await bench.stage.ask('/settings preset everything', at);
        await bench.stage.ask(`/settings types ${defaultTypes()}`, at);
        await bench.stage.ask('/settings', at);
        const messages = bench.stage.shown(where).length;
        const platform = bench.stage.platform.name;
        let seen: Awaited<ReturnType<typeof bench.stage.press>> | undefined;
        const press = async (label: string): Promise<void> => {
          seen = await bench.stage.press(label, at);
          expect(seen).toMatchObject({ status: 'answered', inPlace: true });
        };
        const labelled = (words: RegExp): string =>
          (seen?.status === 'answered' && seen.message.buttons.find((one) => words.test(one))) || '';
        for (const step of presses) {
          if (step instanceof RegExp) await press(labelled(step));
          else if (typeof step === 'string') await press(step);
          else for (const [of, label] of Object.entries(step)) if (of === platform) await press(label);
        }
        for (const line of lines) expect((await chosen()).split('\n')).toContain(line);
        const ways = labelled(/^‹ /u);
        if (ways !== settings.back) await press(ways);
        await press(settings.back);
        expect(bench.stage.shown(where)).toHaveLength(messages);
      });

    one(`style and language can be changed ${place}`, async () => {
      await start();
      await bench.stage.ask('/settings preset everything', at);
      const style = bench.stage.platform.styles[1] ?? '';
      await bench.stage.ask('/settings style', at);
      const { styles, longPosts } = settings.style;
      await bench.stage.press(styles[style as keyof typeof styles], at);
      await bench.stage.press(longPosts.cut, at);
      await bench.stage.ask('/settings language default', at);
      expect(await bench.stage.press(settings.language.ownName, at)).toMatchObject({ inPlace: true });
      expect((await chosen()).split('\n')).toEqual(
        expect.arrayContaining([`style: ${style}/cut`, 'language: en']),
      );
    });

    for (const { name } of PRESETS)
      one(`the preset ${name} is one button away from /subscribe ${place}`, async () => {
        await start();
        await bench.stage.ask('/subscribe', at);
        const seen = await bench.stage.press(settings.presets[name], at);
        expect(replyText(seen)).toMatch(
          name === 'digest' ? /a daily digest at 08:00/u : /as they're published\./u,
        );
        expect(seen).toMatchObject({ message: { buttons: expect.arrayContaining([settings.open]) } });
        expect(await bench.stage.press(settings.open, at)).toMatchObject({ inPlace: true });
        expect(await chosen()).toContain(
          {
            everything: `types: ${ALL_TYPES}\n`,
            missives: 'types: missive\n',
            pictures: 'types: photo, video\n',
            digest: 'schedule: daily 08:00',
          }[name],
        );
      });

    one(`settings can be typed, and invalid input is answered with valid examples ${place}`, async () => {
      await start();
      await bench.stage.ask('/settings preset missives', at);
      for (const line of ['schedule daily 8:30', 'quiet 22-7', 'zone Shanghai'])
        await bench.stage.ask(`/settings ${line}`, at);
      const text = await chosen();
      for (const line of ['schedule: daily 08:30', 'quiet: 22:00-07:00 hold', 'time zone: Asia/Shanghai'])
        expect(text.split('\n')).toContain(line);
      expect(replyText(await bench.stage.ask('/settings schedule hourly', at))).toContain(
        '/settings schedule daily 8:30',
      );
      expect(replyText(await bench.stage.ask('/settings zone Atlantis', at))).toContain(
        '/settings zone Shanghai',
      );
      expect(await chosen()).toBe(text);
    });

    one(`settings can be exported and imported ${place}`, async () => {
      await start();
      await bench.stage.ask('/settings preset digest', at);
      const before = await chosen();
      await bench.stage.ask('/settings', at);
      const shown = replyText(await bench.stage.press(settings.exportTexts.label, at));
      for (const line of before.split('\n')) expect(shown).toContain(line);
      await bench.stage.ask('/settings preset everything', at);
      await bench.stage.ask(`/settings import\n${before}`, at);
      expect(await chosen()).toBe(before);
      const wrong = replyText(await bench.stage.ask('/settings import\ntypes: poems\nschedule: hourly', at));
      expect(wrong).toContain(`types: ${defaultTypes()}`);
      expect(await chosen()).toBe(before);
    });

    one(`/catchup lists missed posts ${place}`, async () => {
      await start();
      const seen = await bench.stage.ask('/catchup', at);
      expect(replyText(seen)).toMatch(new RegExp(`${catchup.heading}[^]*Night Watch – 2`, 'u'));
      expect(replyText(await bench.stage.press('1', at))).toContain('The tide table');
      const week = await bench.stage.press(catchup.week, at);
      expect(week).toMatchObject({ inPlace: true });
      expect(replyText(week)).toContain('Night Watch – 1');
    });
  }

  one('settings and their buttons survive a restart of the adapter', async () => {
    await start();
    const at = { where: 'private' } as const;
    await bench.stage.ask('/settings preset missives', at);
    await bench.stage.ask('/settings', at);
    await bench.stage.platform.stop();
    await bench.stage.another().start(bench.program.host);
    expect(await bench.stage.press(`🕗 ${when}`, at)).toMatchObject({ inPlace: true });
    await bench.stage.press(`✓ ${settings.sound.label('on')}`, at);
    expect(replyText(await bench.stage.ask('/settings', at))).toContain(
      "You get: missives, as they're published. Always silent.",
    );
  });

  one('in groups readers can’t change settings, typed or with a manager’s buttons', async () => {
    await start();
    await bench.stage.ask('/subscribe', { by: 'manager' });
    const before = await chosen();
    await bench.stage.postButton('All of it', '2rsettings?change=preset everything');
    const shown = bench.stage.shown().map(({ text }) => text);
    expect([en.byPlatform[bench.stage.platform.name].managersOnly, '[not offered]']).toContain(
      replyText(await bench.stage.ask('/settings types all')),
    );
    expect(replyText(await bench.stage.press('All of it'))).toBe(
      en.byPlatform[bench.stage.platform.name].managersOnly,
    );
    expect(await chosen()).toBe(before);
    expect(
      bench.stage
        .shown()
        .map(({ text }) => text)
        .slice(0, shown.length),
    ).toEqual(shown);
  });

  one('/help links to the settings of a private chat', async () => {
    await start();
    await bench.stage.ask('/help', { where: 'private' });
    expect(replyText(await bench.stage.press(settings.open, { where: 'private' }))).toContain(
      settings.notSubscribed(author.name),
    );
  });
}
