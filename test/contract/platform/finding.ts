import { expect } from 'vitest';
import { authorNamed } from '../../../sandbox/relay/fake-author.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../../src/note/note.ts';
import { noteCode } from '../../../src/note/present/note-to-document.ts';
import { type Case, type ContractFixture, listedIn, replyText } from './driver.ts';
import { author, notes } from './program.fixture.ts';

const PLACES = ['company', 'private'] as const;
const signer = authorNamed('Mara');
const words =
  'The tide table on the wall is from another harbour, and so far nobody has dared to say so. '.repeat(2);

/** Three posts of one series, oldest first, the first on New Year’s Day. */
const watches: readonly Note[] = [1, 2, 3].map((day) => {
  const content = `Night Watch – ${day} January 2024\n\n${words}`;
  return eventToNote(signer.note(content, { createdAt: Date.UTC(2024, 0, day, 4) / 1000 }) as VerifiedEvent)!;
});
const codes = watches.map(noteCode);

export function describeFinding(bench: ContractFixture, one: Case): void {
  /** Starts with the series in the archive. */
  async function start(): Promise<void> {
    await bench.start();
    await bench.program.store.journal.accept(watches.map((note) => ({ note, news: false })));
  }

  one('/series lists series, and a button opens one within the message', async () => {
    await start();
    for (const where of PLACES) {
      const index = replyText(await bench.stage.ask('/series', { where }));
      expect(index).toContain(en.series.heading(author.name));
      expect(index).toMatch(/Night Watch[^]*3 posts/u);
      const opened = await bench.stage.press('1', { where });
      expect(opened).toMatchObject({ inPlace: true });
      expect(listedIn(replyText(opened), watches)).toEqual(codes.toReversed());
      expect(replyText(await bench.stage.ask('/series watch', { where }))).toBe(replyText(opened));
    }
  });

  one('a post of a series links to its neighbours', async () => {
    await start();
    for (const where of PLACES) {
      await bench.stage.ask(`/read ${codes[1]}`, { where });
      expect(replyText(await bench.stage.press(en.series.earlier, { where }))).toContain('1 January 2024');
      expect(replyText(await bench.stage.press(en.series.later, { where }))).toContain('2 January 2024');
      expect(replyText(await bench.stage.press(en.series.later, { where }))).toContain('3 January 2024');
      expect(replyText(await bench.stage.press(en.series.all, { where }))).toContain(en.series.count(3));
    }
  });

  one('/on lists a day or a month, with buttons for those around it', async () => {
    await start();
    for (const where of PLACES) {
      const found = async (line: string) =>
        listedIn(replyText(await bench.stage.ask(line, { where })), watches);
      expect(await found('/on 2024-01-02')).toEqual([codes[1]]);
      expect(await found('/on 2024-01')).toEqual(codes.toReversed());
      expect(await found('/on 2 january 2024')).toEqual([codes[1]]);
      expect(listedIn(replyText(await bench.stage.press('3 Jan 2024 ›', { where })), watches)).toEqual([
        codes[2],
      ]);
      expect(replyText(await bench.stage.ask('/on someday', { where }))).toBe(en.on.wrongDate('someday'));
      expect(replyText(await bench.stage.ask('/on', { where }))).toMatch(/past years/u);
    }
  });

  one('/random shows a post in full, and another one at the press of a button', async () => {
    await start();
    for (const where of PLACES) {
      const seen = await bench.stage.ask('/random missive', { where });
      expect(replyText(seen)).toContain('Night Watch');
      expect(seen).toMatchObject({ hidden: false });
      expect(replyText(await bench.stage.press(en.random.another, { where }))).toContain('Night Watch');
    }
  });

  one('/verify proves a post by its ID, by words from it and by button', async () => {
    await start();
    const [newest] = notes;
    for (const where of PLACES) {
      const proof = replyText(await bench.stage.ask(`/verify ${noteCode(newest!)}`, { where }));
      expect(proof).toContain(en.verify.genuine);
      for (const part of [author.npub, newest!.id, 'relay.example']) expect(proof).toContain(part);
      expect(replyText(await bench.stage.ask('/verify good night from the pier', { where }))).toBe(proof);
      await bench.stage.ask(`/read ${noteCode(newest!)}`, { where });
      expect(replyText(await bench.stage.press(en.verify.button, { where }))).toBe(proof);
    }
  });

  one('lists and proofs are private, posts asked for by name are public', async () => {
    await start();
    const asked = [
      '/latest',
      '/search lithium',
      '/series',
      '/on 2024',
      `/verify ${codes[0]}`,
      `/read ${codes[0]}`,
    ];
    const hidden = [];
    for (const line of asked) {
      const seen = await bench.stage.ask(line);
      hidden.push(seen.status === 'answered' && seen.hidden);
    }
    expect(hidden).toEqual([true, true, true, true, true, false]);
  });

  one('input is autocompleted', async () => {
    await start();
    expect(await bench.stage.suggested('/series ni')).toEqual(['Night Watch']);
    expect(await bench.stage.suggested('/read watch')).toEqual(
      watches.toReversed().map((note) => `${note.title} · ${noteCode(note)}`),
    );
    expect(await bench.stage.suggested('/search night')).toEqual([
      'Night Watch',
      ...watches.toReversed().map(({ title }) => title),
    ]);
  });
}
