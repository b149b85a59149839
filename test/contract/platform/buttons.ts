import { expect } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Command } from '../../../src/command/command.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { searchedFor } from '../../../src/i18n/symbols.ts';
import { buttons, callback, paragraph, text } from '../../../src/note/document.ts';
import { noteCode } from '../../../src/note/present/note-to-document.ts';
import { ready } from '../../ready.fixture.ts';
import { type Case, type ContractFixture, listedIn, replyText } from './driver.ts';
import { author, notes } from './program.fixture.ts';

const codes = notes.map(noteCode);
/** The commands, with public answers. */
const openly = commands.map((command): Command => ({ ...command, answerTo: 'everyone' }));
const codesIn = (words: string): readonly string[] => listedIn(words, notes);

export function describeButtons(bench: ContractFixture, one: Case): void {
  one('buttons turn pages forth and back within the message', async () => {
    await bench.start(openly);
    const first = replyText(await bench.stage.ask('/latest'));
    expect(codesIn(first)).toEqual(codes.slice(0, 5));
    const second = await bench.stage.press(en.latest.older);
    expect(second).toMatchObject({ status: 'answered', inPlace: true });
    expect(codesIn(replyText(second))).toEqual(codes.slice(5, 10));
    expect(codesIn(replyText(await bench.stage.press(en.latest.older)))).toEqual(codes.slice(10));
    await bench.stage.press(en.latest.newer);
    expect(replyText(await bench.stage.press(en.latest.newer))).toBe(first);
    expect(bench.stage.shown()).toHaveLength(1);
  });

  one('a button with the response mode add is answered with a new message', async () => {
    await bench.start(openly);
    const list = replyText(await bench.stage.ask('/latest'));
    const seen = await bench.stage.press('3');
    expect(seen).toMatchObject({ status: 'answered', inPlace: false, message: { pictures: 1 } });
    expect(replyText(seen)).toContain('The pier at dawn');
    expect(bench.stage.shown()[0]?.text).toBe(list);
    expect(bench.stage.shown()).toHaveLength(2);
  });

  one('buttons work in private', async () => {
    await bench.start();
    const inPrivate = { where: 'private' } as const;
    await bench.stage.ask('/help', inPrivate);
    expect(codesIn(replyText(await bench.stage.press(en.help.tryLatest, inPrivate)))).toEqual(
      codes.slice(0, 5),
    );
    const second = await bench.stage.press(en.latest.older, inPrivate);
    expect(second).toMatchObject({ status: 'answered', inPlace: true });
    expect(codesIn(replyText(second))).toEqual(codes.slice(5, 10));
    expect(bench.stage.shown('private')).toHaveLength(2);
  });

  one('buttons of a private answer work', async () => {
    await bench.start();
    await bench.stage.ask('/help');
    expect(replyText(await bench.stage.press(en.help.tryLatest))).toContain(author.name);
  });

  one('buttons of a private answer are answered privately', async () => {
    await bench.start();
    await bench.stage.ask('/latest');
    expect(await bench.stage.press('3')).toMatchObject({ hidden: true, message: { pictures: 1 } });
    expect(await bench.stage.press(en.latest.older)).toMatchObject({ hidden: true, inPlace: true });
    expect(bench.stage.shown()).toEqual([]);
  });

  one('buttons work after a restart', async () => {
    await bench.start(openly);
    await bench.stage.ask('/latest');
    await bench.stage.platform.stop();
    await bench.stage.another().start(bench.program.host);
    const seen = await bench.stage.press(en.latest.older);
    expect(seen).toMatchObject({ status: 'answered', inPlace: true });
    expect(codesIn(replyText(seen))).toEqual(codes.slice(5, 10));
    // Requests from before the restart aren't answered again.
    expect(bench.stage.shown()).toHaveLength(1);
  });

  one('a button of an older version is answered politely', async () => {
    await bench.start();
    await bench.stage.postButton('Go', '0latest');
    expect(await bench.stage.press('Go')).toMatchObject({
      status: 'answered',
      hidden: true,
      message: { text: en.platform.oldButton },
    });
  });

  one('a search too long for a button still has pages', async () => {
    await bench.start();
    const line = 'lithium price antofagasta report -gold -silver after:2020-01-01 before:2040-01-01';
    const first = codesIn(replyText(await bench.stage.ask(`/search ${line}`)));
    const second = await bench.stage.press(en.search.next);
    expect(second).toMatchObject({ status: 'answered', inPlace: true });
    expect(replyText(second)).toContain(searchedFor(line));
    expect([...first, ...codesIn(replyText(second))].sort()).toEqual(codes.slice(4).sort());
  });

  one('somebody else’s press doesn’t change the user’s page', async () => {
    await bench.start(openly);
    const first = replyText(await bench.stage.ask('/latest'));
    const seen = await bench.stage.press(en.latest.older, { by: 'manager' });
    expect(codesIn(replyText(seen))).toEqual(codes.slice(5, 10));
    expect(bench.stage.shown().map((message) => message.text)).toEqual([first]);
    const back = await bench.stage.press(en.latest.newer, { by: 'manager' });
    expect(back).toMatchObject({ hidden: true, inPlace: true, message: { text: first } });
  });

  one('readers can’t run manager commands with buttons', async () => {
    await bench.start();
    const { platform, destination } = bench.stage;
    const document = [
      paragraph(text('Want more?')),
      buttons([{ label: 'Subscribe', callback: callback('subscribe'), responseMode: 'add' }]),
    ];
    for (const body of platform.render(ready(document), platform.styles[0] ?? ''))
      await platform.send(destination, body, 'offer');
    expect(replyText(await bench.stage.press('Subscribe'))).toBe(
      en.byPlatform[bench.stage.platform.name].managersOnly,
    );
    expect(await bench.program.store.destinations.list()).toEqual([]);
    await bench.stage.press('Subscribe', { by: 'manager' });
    expect(await bench.program.store.destinations.list()).toHaveLength(1);
  });
}
