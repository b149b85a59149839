import { expect } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { type Document, documentText, heading, paragraph, strong, text } from '../../../src/note/document.ts';
import { noteToDocument } from '../../../src/note/present/note-to-document.ts';
import type { Body, ChangeResult } from '../../../src/platform/platform.ts';
import { ready } from '../../ready.fixture.ts';
import type { Case, ContractFixture } from './driver.ts';
import { notes } from './program.fixture.ts';

export function describeSending(bench: ContractFixture, one: Case): void {
  const render = (document: Document): readonly Body[] => {
    const { platform } = bench.stage;
    return platform.render(ready(document), platform.styles[0] ?? '');
  };
  /** Sends every part and returns the receipts. */
  async function post(document: Document): Promise<readonly string[]> {
    const receipts: string[] = [];
    for (const [part, body] of render(document).entries())
      receipts.push(
        receiptOf(await bench.stage.platform.send(bench.stage.destination, body, `note:${part}`)),
      );
    return receipts;
  }
  const texts = () => bench.stage.shown().map((message) => message.text);

  const tricks = (): string =>
    [
      `@everyone @here ${bench.stage.lure} <@123456789012345678> <@&1> @durov /start`,
      '*a* _b_ __c__ ~~d~~ ||e|| `f` ``` g \\ <b>h</b> &amp; <t:0:R> <#1> </help:1>',
      '# i',
      '> j',
      '- k',
      '1. l',
      '-# m',
      '[x](https://evil.example) [https://bank.example](https://evil.example)',
      '👩‍🚀 :fire: 锂价又跌了。 שלום עליכם السلام عليكم',
    ].join('\n');

  one('a text with every trick is shown as it was written, and pings nobody', async () => {
    await post([paragraph(text(tricks()))]);
    expect(texts()).toEqual([tricks()]);
    expect(bench.stage.pings()).toBe(0);
  });

  one('an edit with every trick is shown as it was written, and pings nobody', async () => {
    const [receipt = ''] = await post([paragraph(text('old'))]);
    const [body] = render([paragraph(text(tricks()))]);
    await bench.stage.platform.edit(bench.stage.destination, receipt, body!);
    expect(texts()).toEqual([tricks()]);
    expect(bench.stage.pings()).toBe(0);
  });

  one('edits and deletions succeed, or are unsupported and change nothing', async () => {
    const { platform, destination } = bench.stage;
    const [receipt = ''] = await post([paragraph(text('old'))]);
    const [body] = render([paragraph(text('new'))]);
    const edited = await platform.edit(destination, receipt, body!);
    expect([
      ['sent', 'new'],
      ['unsupported', 'old'],
    ]).toContainEqual([edited.status, ...texts()]);
    const left = texts();
    const removed = await platform.remove(destination, edited.status === 'sent' ? edited.receipt : receipt);
    expect([['sent'], ['unsupported', ...left]]).toContainEqual([removed.status, ...texts()]);
  });

  one('a note is shown with its picture and a link to the original', async () => {
    const [, , pier] = notes;
    await post(noteToDocument(pier!, en));
    expect(bench.stage.shown()).toEqual([
      { text: 'The pier at dawn', links: [], pictures: 1, buttons: [en.note.open], silent: false },
    ]);
  });

  one('a long document arrives as several messages, in order, with nothing lost', async () => {
    const words = Array.from({ length: 60 }, (_, n) =>
      paragraph(
        text(`Paragraph ${n}: `),
        strong(text('the cranes')),
        text(' stood still all morning. '.repeat(9)),
      ),
    );
    await post([heading(2, text('Harbour Letter')), ...words]);
    const plain = (words: string) => words.replace(/\s+/gu, ' ').trim();
    const joined = texts().map((words, index, all) =>
      plain(words).replace(` ${index + 1}/${all.length}`, ''),
    );
    expect(joined.length).toBeGreaterThan(2);
    expect(joined.join(' ')).toBe(plain(documentText([heading(2, text('Harbour Letter')), ...words])));
  });

  one('the first of several messages has the picture, the last the buttons', async () => {
    const [, , pier] = notes;
    const words = Array.from({ length: 60 }, () => paragraph(text('The cranes stood still. '.repeat(9))));
    await post([...words, ...noteToDocument(pier!, en)]);
    const shown = bench.stage.shown();
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.map(({ pictures }) => pictures)).toEqual(shown.map((_, index) => (index === 0 ? 1 : 0)));
    expect(shown.map((message) => message.buttons)).toEqual(
      shown.map((_, index) => (index === shown.length - 1 ? [en.note.open] : [])),
    );
  });

  one('a message replies to an earlier one, or to none if that was deleted', async () => {
    const { platform, destination } = bench.stage;
    const [first = ''] = await post([paragraph(text('one'))]);
    const answer = (words: string, to: string) =>
      platform.send(destination, render([paragraph(text(words))])[0]!, words, { replyTo: to });
    await answer('two', first);
    expect(bench.stage.shown()[1]).toMatchObject({ text: 'two', answers: 'one' });
    await platform.remove(destination, first);
    expect(await answer('three', first)).toMatchObject({ status: 'sent' });
    expect(bench.stage.shown()[1]).not.toHaveProperty('answers');
  });

  one('an edit changes the text of the same message', async () => {
    const [first = ''] = await post([paragraph(text('old'))]);
    await bench.stage.platform.send(bench.stage.destination, render([paragraph(text('after'))])[0]!, 'other');
    const [body] = render([paragraph(text('new'))]);
    const edited = await bench.stage.platform.edit(bench.stage.destination, first, body!);
    expect(edited.status).toBe('sent');
    expect(texts()).toEqual(['new', 'after']);
    expect(await bench.stage.platform.edit(bench.stage.destination, receiptOf(edited), body!)).toEqual(
      edited,
    );
  });

  one('an edited message can be deleted, and deleting it twice is harmless', async () => {
    const [first = ''] = await post([paragraph(text('old'))]);
    const { platform, destination } = bench.stage;
    const [body] = render([paragraph(text('new'))]);
    const receipt = receiptOf(await platform.edit(destination, first, body!));
    expect(await platform.remove(destination, receipt)).toMatchObject({ status: 'sent' });
    expect(texts()).toEqual([]);
    expect(await platform.remove(destination, receipt)).toMatchObject({ status: 'sent' });
  });

  one('deleting one part leaves the others', async () => {
    const [first = ''] = await post([paragraph(text('one'))]);
    await bench.stage.platform.send(bench.stage.destination, render([paragraph(text('two'))])[0]!, 'other');
    await bench.stage.platform.remove(bench.stage.destination, first);
    expect(texts()).toEqual(['two']);
  });

  one('silent messages make no sound, with pictures and in parts too', async () => {
    const { platform, destination } = bench.stage;
    const [, , pier] = notes;
    for (const document of [[paragraph(text('quiet'))], noteToDocument(pier!, en)])
      for (const body of render(document))
        receiptOf(await platform.send(destination, body, JSON.stringify(document), { silent: true }));
    expect(bench.stage.shown().map(({ silent }) => silent)).toEqual([true, true]);
    await post([paragraph(text('loud'))]);
    expect(bench.stage.shown().at(-1)?.silent).toBe(false);
  });

  one('messages can be sent before start', async () => {
    expect(bench.stage.platform.error()).toBeDefined();
    await post([paragraph(text('early'))]);
    expect(texts()).toEqual(['early']);
  });
}

function receiptOf(result: ChangeResult): string {
  if (result.status !== 'sent') throw new Error(`Not sent: ${JSON.stringify(result)}`);
  return result.receipt;
}
