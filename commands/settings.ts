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
import { PANEL_OPTIONS, type Panel, type PanelInput } from '../src/settings/panel.ts';
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

/** What a channel or chat gets, when and how. Settings are changed with buttons or a typed line. */
export const settings = defineCommand({
  name: 'settings',
  answerTo: 'user',
  for: 'managers',
  category: 'managing',
  options: {
    change: { type: 'string', maxLength: 4_000, multiline: true, autocomplete: completeSettings },
    screen: { type: 'string', maxLength: 100, hidden: true, namedOnly: true },
    ...PANEL_OPTIONS,
  },
  async run({ change = '', screen, ...options }, context) {
    const { chat, subscriptions, texts } = context;
    checkChatKind(context);
    const { name, words, written } = screen === undefined ? parseLine(change) : onButton(screen);
    const pressed: PanelInput = screen === undefined ? {} : options;
    const preset = pressed.value ?? words;
    const choices = await subscriptions.preferencesOf(chat.destination);
    if (name === 'preset' && preset !== '') return applyPreset(preset, context);
    if (name === 'import') return importPreferences(words, context);
    if (!choices) return unsubscribedScreen(context);
    // A private chat in which somebody asks can be written to again, whatever stopped deliveries.
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
        texts.settings.unknown(written.slice(0, 80), panels.map((one) => one.name).join(', ')),
        [settingsButton(texts)],
      );
    if (words !== '') return changeSetting(panel, words, choices, context);
    const isPressed = Object.values(pressed).some((value) => value !== undefined);
    return isPressed ? changeSetting(panel, pressed, choices, context) : panelScreen(panel, choices, context);
  },
});

/** What a typed line is about, and the rest of it. Buttons of older versions carry such lines, too. */
function parseLine(line: string) {
  const [, written = '', words = ''] = /^(\S*)\s*(.*)$/su.exec(line.trim()) ?? [];
  return { name: canonicalWord(written.toLowerCase()), words, written };
}

const onButton = (screen: string) => ({ name: screen, words: '', written: screen });

/** Changes a setting, as typed or pressed. A mistake is explained above the unchanged screen, so that selects show what is set. */
async function changeSetting(
  panel: Panel,
  given: string | PanelInput,
  choices: Preferences,
  context: CommandContext,
): Promise<Document> {
  try {
    const input = typeof given === 'string' ? await panel.parse(given, choices, context) : given;
    const changed = await panel.apply(input, choices, context);
    if (!(await updatePreferences(changed, context))) return unsubscribedScreen(context);
    return await panelScreen(panel, changed, inLanguage(changed, context), input);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Buttons to answer a question come without the rest of the screen.
    if (error.actions.length > 0) return [...errorDocument(error), backToGroup(panel, context)];
    return [...errorDocument(error), ...(await panelScreen(panel, choices, context))];
  }
}

async function applyPreset(words: string, context: CommandContext): Promise<Document> {
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

/** All or nothing: if any line is invalid, nothing changes. */
async function importPreferences(words: string, context: CommandContext): Promise<Document> {
  const { exportTexts } = context.texts.settings;
  if (words === '') throw new UserError(exportTexts.nothing);
  const { choices, wrong: meaningless } = parsePreferences(words);
  const wrong = isStyle(choices.style, context.texts)
    ? meaningless
    : [...meaningless, { written: `style: ${choices.style}`, example: 'style: default' }];
  if (wrong.length > 0)
    throw new UserError(
      [
        exportTexts.wrong(wrong.length),
        ...wrong.map(({ written, example }) => exportTexts.right(written.slice(0, 200), example)),
      ].join('\n\n'),
    );
  await subscribeWith(choices, context);
  return appliedScreen(choices, inLanguage(choices, context));
}
