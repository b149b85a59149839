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

/** What is delivered to a channel or chat, when and how. Changed with buttons or a typed line. */
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
    const preferences = await subscriptions.preferencesOf(chat.destination);
    if (name === 'preset' && preset !== '') return applyPreset(preset, context);
    if (name === 'import') return importPreferences(words, context);
    if (!preferences) return unsubscribedScreen(context);
    // A request from a private chat shows that the bot can write there again, so deliveries resume.
    if (chat.kind === 'private') await subscriptions.subscribe(chat.destination);
    if (name === '') return overview(preferences, context);
    if (name === 'preset') return presetScreen(preferences, context);
    if (name === 'export') return exportScreen(preferences, context);
    const group = GROUPS.find((one) => one.name === name);
    if (group) return groupScreen(group, preferences, context);

    const panels = PANELS.filter((panel) => panel.isAvailable(context));
    const panel = panels.find((one) => one.name === name);
    if (!panel)
      throw new UserError(
        texts.settings.unknown(written.slice(0, 80), panels.map((one) => one.name).join(', ')),
        [settingsButton(texts)],
      );
    if (words !== '') return changeSetting(panel, words, preferences, context);
    const isPressed = Object.values(pressed).some((value) => value !== undefined);
    return isPressed
      ? changeSetting(panel, pressed, preferences, context)
      : panelScreen(panel, preferences, context);
  },
});

/** Splits a typed line into a setting's name and the rest. Buttons of older versions carry lines, too. */
function parseLine(line: string) {
  const [, written = '', words = ''] = /^(\S*)\s*(.*)$/su.exec(line.trim()) ?? [];
  return { name: canonicalWord(written.toLowerCase()), words, written };
}

const onButton = (screen: string) => ({ name: screen, words: '', written: screen });

/** Changes a setting. An error appears above the unchanged screen, so that selects show what is set. */
async function changeSetting(
  panel: Panel,
  given: string | PanelInput,
  preferences: Preferences,
  context: CommandContext,
): Promise<Document> {
  try {
    const input = typeof given === 'string' ? await panel.parse(given, preferences, context) : given;
    const changed = await panel.apply(input, preferences, context);
    if (!(await updatePreferences(changed, context))) return unsubscribedScreen(context);
    return await panelScreen(panel, changed, inLanguage(changed, context), input);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // An error with buttons is a question, which is shown without the rest of the screen.
    if (error.actions.length > 0) return [...errorDocument(error), backToGroup(panel, context)];
    return [...errorDocument(error), ...(await panelScreen(panel, preferences, context))];
  }
}

async function applyPreset(words: string, context: CommandContext): Promise<Document> {
  const preset = PRESETS.find(({ name }) => name === words.toLowerCase());
  if (!preset)
    throw new UserError(
      context.texts.settings.noPreset(words.slice(0, 80), PRESETS.map(({ name }) => name).join(', ')),
    );
  const before = await context.subscriptions.preferencesOf(context.chat.destination);
  const preferences = { ...(before ?? initialPreferences(context)), ...preset.preferences };
  await subscribeWith(preferences, context);
  return appliedScreen(preferences, inLanguage(preferences, context));
}

/** All or nothing: if any line is invalid, nothing changes. */
async function importPreferences(words: string, context: CommandContext): Promise<Document> {
  const { exportTexts } = context.texts.settings;
  if (words === '') throw new UserError(exportTexts.nothing);
  const { preferences, wrong: meaningless } = parsePreferences(words);
  const wrong = isStyle(preferences.style, context.texts)
    ? meaningless
    : [...meaningless, { written: `style: ${preferences.style}`, example: 'style: default' }];
  if (wrong.length > 0)
    throw new UserError(
      [
        exportTexts.wrong(wrong.length),
        ...wrong.map(({ written, example }) => exportTexts.right(written.slice(0, 200), example)),
      ].join('\n\n'),
    );
  await subscribeWith(preferences, context);
  return appliedScreen(preferences, inLanguage(preferences, context));
}
