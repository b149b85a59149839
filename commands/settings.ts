import { readChoices } from '../src/choices/choices-text.ts';
import type { CommandContext } from '../src/command/command.ts';
import { defineCommand } from '../src/command/command.ts';
import { Problem } from '../src/command/problem.ts';
import type { Document } from '../src/note/document.ts';
import { isLook } from '../src/settings/look-panel.ts';
import { PANELS } from '../src/settings/panels.ts';
import { PRESETS } from '../src/settings/presets.ts';
import { asText, invitation, overview, panelScreen, presetScreen, settled } from '../src/settings/screens.ts';
import { beginning, change, checkKind, settle, spokenIn } from '../src/settings/settle.ts';
import { suggestSettings } from '../src/settings/suggest-settings.ts';

/** What comes to a place, when and how: shown, and changed by a press or a line. */
export const settings = defineCommand({
  name: 'settings',
  answerTo: 'asker',
  for: 'managers',
  chapter: 'managing',
  options: {
    change: { type: 'string', maxLength: 4_000, multiline: true, suggest: suggestSettings },
  },
  async run({ change: typed = '' }, context) {
    const { place, subscriptions, texts } = context;
    checkKind(context);
    const [, name = '', words = ''] = /^(\S*)\s*(.*)$/su.exec(typed.trim()) ?? [];
    const choices = await subscriptions.choices(place.destination);
    if (name === 'preset' && words !== '') return preset(words, context);
    if (name === 'import') return imported(words, context);
    if (!choices) return invitation(context);
    // Who asks in their own chat can be written to again, whatever was the matter.
    if (place.kind === 'private') await subscriptions.subscribe(place.destination);
    if (name === '') return overview(choices, context);
    if (name === 'preset') return presetScreen(choices, context);
    if (name === 'text') return asText(choices, context);

    const panels = PANELS.filter((panel) => panel.isFor(context));
    const panel = panels.find((one) => one.name === name.toLowerCase());
    if (!panel)
      throw new Problem(texts.settings.unknown(name.slice(0, 80), panels.map((one) => one.name).join(', ')));
    if (words === '') return panelScreen(panel, choices, context, '');
    const chosen = await panel.change(words, choices, context);
    if (!(await change(chosen, context))) return invitation(context);
    return panelScreen(panel, chosen, spokenIn(chosen, context), words);
  },
});

async function preset(words: string, context: CommandContext): Promise<Document> {
  const meant = PRESETS.find(({ name }) => name === words.toLowerCase());
  if (!meant)
    throw new Problem(
      context.texts.settings.unknown(words.slice(0, 80), PRESETS.map(({ name }) => name).join(', ')),
    );
  const before = await context.subscriptions.choices(context.place.destination);
  const choices = { ...(before ?? beginning(context)), ...meant.choices };
  await settle(choices, context);
  return settled(choices, spokenIn(choices, context));
}

/** All or nothing: where a line means nothing, everything stays as it was. */
async function imported(words: string, context: CommandContext): Promise<Document> {
  const { text } = context.texts.settings;
  if (words === '') throw new Problem(text.nothing);
  const { choices, wrong: meaningless } = readChoices(words);
  const wrong = isLook(choices.look, context.texts)
    ? meaningless
    : [...meaningless, { written: `look: ${choices.look}`, example: 'look: standard' }];
  if (wrong.length > 0)
    throw new Problem(
      [
        text.wrong(wrong.length),
        ...wrong.map(({ written, example }) => text.right(written.slice(0, 200), example)),
      ].join('\n\n'),
    );
  await settle(choices, context);
  return settled(choices, spokenIn(choices, context));
}
