import { defineCommand } from '../src/command/command.ts';
import { sentence } from '../src/command/sentence.ts';
import { wholeNote } from '../src/command/whole-note.ts';
import { paragraph, press } from '../src/note/document.ts';
import { DEFAULT_POST_TYPES, POST_TYPES } from '../src/note/note.ts';

/** One note by chance; unless a type is asked for, of the author's own words. */
export const random = defineCommand({
  name: 'random',
  answerTo: 'everyone',
  for: 'readers',
  chapter: 'reading',
  options: { type: { type: 'choice', choices: POST_TYPES } },
  async run({ type }, context) {
    const { archive, texts } = context;
    const note = await archive.pick(context.random(), type ? [type] : DEFAULT_POST_TYPES);
    if (!note) return [paragraph(...sentence(texts.latest.none(type && texts.settings.posts[type])))];
    return wholeNote(note, context, [
      { label: texts.random.another, press: press('random', { type }), manner: 'add' },
    ]);
  },
});
