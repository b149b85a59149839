import { defineCommand } from '../src/command/command.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { noteView } from '../src/command/views/note-view.ts';
import { callback, paragraph } from '../src/note/document.ts';
import { DEFAULT_POST_TYPES, POST_TYPES } from '../src/note/post-types.ts';

/** A random note; without a type, one of the types that subscriptions get by default. */
export const random = defineCommand({
  name: 'random',
  answerTo: 'everyone',
  for: 'readers',
  category: 'reading',
  options: { type: { type: 'choice', choices: POST_TYPES } },
  async run({ type }, context) {
    const { archive, texts } = context;
    const note = await archive.randomNote(context.random(), type ? [type] : DEFAULT_POST_TYPES);
    if (!note) return [paragraph(...linkCommands(texts.latest.none(type && texts.postTypes[type].many)))];
    return noteView(note, context, [
      { label: texts.random.another, callback: callback('random', { type }), responseMode: 'add' },
    ]);
  },
});
