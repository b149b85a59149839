import type { CommandContext } from '../src/command/command.ts';
import { defineCommand } from '../src/command/command.ts';
import { errorDocument, UserError } from '../src/command/user-error.ts';
import type { Document } from '../src/note/document.ts';
import type { Preferences } from '../src/preferences/preferences.ts';
import { parsePreferences } from '../src/preferences/preferences-format.ts';
import { canonicalWord } from '../src/preferences/word-aliases.ts';
import {
  checkChatKind,
  initialPreferences,
  inLanguage,
  subscribeWith,
  updatePreferences,
} from '../src/settings/apply-preferences.ts';
import { completeSettings } from '../src/settings/autocomplete.ts';
import { GROUPS, PANELS } from '../src/settings/groups.ts';
import type { Panel } from '../src/settings/panel.ts';
import { isStyle } from '../src/settings/panels/style.ts';
import { PRESETS } from '../src/settings/presets.ts';
import {
  appliedScreen,
  backToGroup,
  exportScreen,
  groupScreen,
  overview,
  panelScreen,
  presetScreen,
  settingsButton,
  unsubscribedScreen,
} from '../src/settings/screens.ts';

/** What comes to a place, when and how: shown, and changed by a press or a line. */
export const settings = defineCommand({
  name: 'settings',
  answerTo: 'user',
  for: 'managers',
  category: 'managing',
  options: {
    change: { type: 'string', maxLength: 4_000, multiline: true, autocomplete: completeSettings },
  },
  async run({ change: typed = '' }, context) {
    const { chat, subscriptions, texts } = context;
    checkChatKind(context);
    const [, first = '', words = ''] = /^(\S*)\s*(.*)$/su.exec(typed.trim()) ?? [];
    const name = canonicalWord(first.toLowerCase());
    const choices = await subscriptions.preferencesOf(chat.destination);
    if (name === 'preset' && words !== '') return preset(words, context);
    if (name === 'import') return imported(words, context);
    if (!choices) return unsubscribedScreen(context);
    // Who asks in their own chat can be written to again, whatever was the matter.
    if (chat.kind === 'private') await subscriptions.subscribe(chat.destination);
    if (name === '') return overview(choices, context);
    if (name === 'preset') return presetScreen(choices, context);
    if (name === 'export') return exportScreen(choices, context);
    const group = GROUPS.find((one) => one.name === name);
    if (group) return groupScreen(group, choices, context);

    const panels = PANELS.filter((panel) => panel.isAvailable(context));
    const panel = panels.find((one) => one.name === name);
    if (!panel)
      throw new UserError(
        texts.settings.unknown(first.slice(0, 80), panels.map((one) => one.name).join(', ')),
        [settingsButton(texts)],
      );
    if (words === '') return panelScreen(panel, choices, context, '');
    return changed(panel, words, choices, context);
  },
});

/** Where the words mean nothing there, what would be right, above what holds as before: a select shows that again. */
async function changed(
  panel: Panel,
  words: string,
  choices: Preferences,
  context: CommandContext,
): Promise<Document> {
  try {
    const chosen = await panel.apply(words, choices, context);
    if (!(await updatePreferences(chosen, context))) return unsubscribedScreen(context);
    return await panelScreen(panel, chosen, inLanguage(chosen, context), words);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // A question is answered before anything else is chosen.
    if (error.actions.length > 0) return [...errorDocument(error), backToGroup(panel, context)];
    return [...errorDocument(error), ...(await panelScreen(panel, choices, context, ''))];
  }
}

async function preset(words: string, context: CommandContext): Promise<Document> {
  const meant = PRESETS.find(({ name }) => name === words.toLowerCase());
  if (!meant)
    throw new UserError(
      context.texts.settings.noPreset(words.slice(0, 80), PRESETS.map(({ name }) => name).join(', ')),
    );
  const before = await context.subscriptions.preferencesOf(context.chat.destination);
  const choices = { ...(before ?? initialPreferences(context)), ...meant.choices };
  await subscribeWith(choices, context);
  return appliedScreen(choices, inLanguage(choices, context));
}

/** All or nothing: where a line means nothing, everything stays as it was. */
async function imported(words: string, context: CommandContext): Promise<Document> {
  const { text } = context.texts.settings;
  if (words === '') throw new UserError(text.nothing);
  const { choices, wrong: meaningless } = parsePreferences(words);
  const wrong = isStyle(choices.style, context.texts)
    ? meaningless
    : [...meaningless, { written: `style: ${choices.style}`, example: 'style: default' }];
  if (wrong.length > 0)
    throw new UserError(
      [
        text.wrong(wrong.length),
        ...wrong.map(({ written, example }) => text.right(written.slice(0, 200), example)),
      ].join('\n\n'),
    );
  await subscribeWith(choices, context);
  return appliedScreen(choices, inLanguage(choices, context));
}
