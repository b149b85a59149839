import { expect, test } from 'vitest';
import { createSharedNotes, type SharedNotesPage } from '../../src/command/views/shared-notes.ts';
import { zh } from '../../src/i18n/zh/catalogue.ts';
import { createCommandFixture } from '../commands/command.fixture.ts';
import { toPlainText } from '../commands/plain-text.fixture.ts';
import { sampleNotes, wren } from '../commands/sample-notes.fixture.ts';
import { testPresenter } from '../ready.fixture.ts';

const sharing = async (events = [...sampleNotes.values()]) =>
  createSharedNotes(
    (await createCommandFixture({ events })).store.archive,
    testPresenter({ author: () => ({ pubkey: wren.pubkey, npub: wren.npub, name: 'Wren' }) }).finishNote,
  );
const english = { language: 'en', timeZone: 'UTC' };
const headlines = ({ notes }: SharedNotesPage) => notes.map(({ headline }) => headline);

test('words find posts to share, each with headline, first words and full text', async () => {
  const share = await sharing();
  const { notes, next } = await share('lithium', '', english);
  expect(notes).toHaveLength(2);
  expect(next).toBeUndefined();
  expect(notes[0]).toMatchObject({
    id: sampleNotes.get('lithium')?.id,
    headline: 'Harbour Morning Missive – 8 March 2025',
    teaser: expect.stringMatching(/^Lithium from brine/u),
  });
  expect(toPlainText(notes[0]?.document.blocks ?? [])).toContain('Rare earth is not rare.');
  // The person who shares it isn't its author.
  expect(toPlainText(notes[0]?.document.blocks ?? [])).toMatch(/^\{by Wren\}\n/u);
});

test.each([
  ['', 'Fog until ten. Then nothing but light.'],
  ['  ', 'Fog until ten. Then nothing but light.'],
  ['#harbour', 'Harbour Morning Missive – 8 March 2025'],
  ['"rare earth" after:2025', 'Harbour Morning Missive – 8 March 2025'],
  ['after:nonsense', undefined],
  ['zebra', undefined],
])('%j finds first %j', async (words, first) => {
  expect(headlines(await (await sharing())(words, '', english))[0]).toBe(first);
});

test('many results have pages, with each post once', async () => {
  const events = Array.from({ length: 45 }, (_, n) =>
    wren.note(`Ore ${n}`, { createdAt: 1_700_000_000 + n }),
  );
  const share = await sharing(events);
  for (const words of ['', 'ore']) {
    const pages = [await share(words, '', english)];
    while (pages.at(-1)?.next !== undefined)
      pages.push(await share(words, pages.at(-1)?.next ?? '', english));
    expect(pages.map(({ notes }) => notes.length)).toEqual([20, 20, 5]);
    expect(new Set(pages.flatMap(headlines)).size).toBe(45);
  }
  expect(headlines(await share('', 'nonsense', english))[0]).toBe('Ore 44');
});

test('text behind a content warning stays hidden', async () => {
  const [wreck] = (await (await sharing())('boat', '', english)).notes;
  expect(wreck).toMatchObject({ headline: 'Content warning: a wreck', teaser: '' });
  expect(toPlainText(wreck?.document.blocks ?? [])).toMatch(/^\{by Wren\}\n\|\|Content warning: a wreck/u);
});

test('if the user’s language is Chinese, so are the shared posts', async () => {
  const [first] = (await (await sharing())('', '', { language: 'zh-hans', timeZone: 'Asia/Shanghai' })).notes;
  expect(first?.date).toMatch(/^2025年\d+月\d+日$/u);
  expect(first?.document.fallback.readOn.label).toBe(zh.note.readOn);
  expect(toPlainText(first?.document.blocks ?? [])).toContain(zh.note.open);
});
