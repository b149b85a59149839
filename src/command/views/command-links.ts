import { en } from '../../i18n/en/catalogue.ts';
import { type Inline, text } from '../../note/document.ts';

/** What else people may be told to type on Telegram (`platform/telegram/incoming`). */
const PLATFORM_COMMANDS = ['start', 'stop', 'cancel'];
const NAMES: ReadonlySet<string> = new Set([...Object.keys(en.commands), ...PLATFORM_COMMANDS]);

/** A slash that begins a word, a name, and what `line` (`i18n/symbols`) holds to it. */
const COMMAND_PATTERN = /(?<![\p{L}\p{N}_/<>])\/([a-z]+)(?![\w/])(?:\u00a0([^ \n、，。；]+))?/gu;

/**
 * A sentence of ours with its commands as commands, so that they can be touched. What is filled into it, words of
 * readers and of the author, holds none: the catalogues set it apart (`i18n/bidi-isolate`).
 */
export function linkCommands(said: string): readonly Inline[] {
  const run: Inline[] = [];
  let done = 0;
  for (const { 0: whole, 1: name = '', 2: words, index } of said.matchAll(COMMAND_PATTERN)) {
    if (!NAMES.has(name)) continue;
    run.push(text(said.slice(done, index)), {
      type: 'command',
      name,
      ...(words !== undefined && { words: words.replaceAll('\u00a0', ' ') }),
    });
    done = index + whole.length;
  }
  run.push(text(said.slice(done)));
  return run.filter((inline) => inline.type !== 'text' || inline.text !== '');
}
