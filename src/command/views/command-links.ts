import { en } from '../../i18n/en/catalogue.ts';
import { type Inline, text } from '../../note/document.ts';
import { PLATFORM_NAMES, PLATFORMS } from '../../platform/platforms.ts';

const NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(en.commands),
  ...PLATFORM_NAMES.flatMap((name): readonly string[] => PLATFORMS[name].ownCommands),
]);

/** A command after a slash that starts a word, and the arguments that `typedLine` (`i18n/symbols`) joined to it. */
const COMMAND_PATTERN = /(?<![\p{L}\p{N}_/<>])\/([a-z]+)(?![\w/])(?:\u00a0([^ \n、，。；]+))?/gu;

/**
 * A sentence from the catalogues, with its commands as inlines that can be tapped. Names and texts that are filled in
 * never become commands: the catalogues isolate them (`i18n/bidi-isolate`).
 */
export function linkCommands(sentence: string): readonly Inline[] {
  const run: Inline[] = [];
  let done = 0;
  for (const { 0: whole, 1: name = '', 2: words, index } of sentence.matchAll(COMMAND_PATTERN)) {
    if (!NAMES.has(name)) continue;
    run.push(text(sentence.slice(done, index)), {
      type: 'command',
      name,
      ...(words !== undefined && { words: words.replaceAll('\u00a0', ' ') }),
    });
    done = index + whole.length;
  }
  run.push(text(sentence.slice(done)));
  return run.filter((inline) => inline.type !== 'text' || inline.text !== '');
}
