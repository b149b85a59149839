import type { CommandContext } from '../command/command.ts';
import { linkCommands } from '../command/views/command-links.ts';
import type { Texts } from '../i18n/texts.ts';
import { chunk } from '../lib/chunk.ts';
import {
  type Block,
  type Button,
  buttons,
  callback,
  type Document,
  heading,
  paragraph,
  small,
  text,
} from '../note/document.ts';
import { formatSchedule } from '../preferences/field-format.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../preferences/preferences.ts';
import { formatPreferences } from '../preferences/preferences-format.ts';
import { GROUPS, type Group, panelsOf } from './groups.ts';
import { hasSelects, type Panel, type PanelInput, panelButton, screenButton } from './panel.ts';
import { timeZonePanel } from './panels/time-zone.ts';
import { PRESETS, type Preset } from './presets.ts';
import { summary } from './summary.ts';

const back = ({ settings }: Texts): Button => ({
  label: settings.back,
  callback: callback('settings'),
  responseMode: 'replace',
});

/** A button for each preset; the active one is marked. `add`: the message with the buttons stays. */
export function presetButtons(
  { settings }: Texts,
  responseMode: 'replace' | 'add',
  preferences?: Preferences,
): readonly (readonly Button[])[] {
  const all = PRESETS.map(
    (preset): Button => ({
      ...panelButton(
        'preset',
        { value: preset.name },
        settings.presets[preset.name],
        preferences && isActive(preset, preferences),
      ),
      responseMode,
    }),
  );
  return chunk(all, 2);
}

const isActive = ({ preferences: { postTypes, schedule } }: Preset, preferences: Preferences): boolean =>
  formatSchedule(schedule) === formatSchedule(preferences.schedule) &&
  postTypes.length === preferences.postTypes.length &&
  postTypes.every((type) => preferences.postTypes.includes(type));

/** Opens /settings in a new message. */
export const settingsButton = ({ settings }: Texts): Button => ({
  label: settings.open,
  callback: callback('settings'),
  responseMode: 'add',
});

/** The first screen: a summary and a button for each group. Presets are shown until something is changed. */
export async function overview(preferences: Preferences, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const { settings } = texts;
  const presets = isUntouched(preferences);
  const links = GROUPS.filter((group) => panelsOf(group, context).length > 0).map((group) =>
    screenButton(group.name, titleOf(group, context)),
  );
  return [
    heading(3, text(settings.heading)),
    paragraph(...linkCommands(await summary(preferences, context))),
    small(...linkCommands(presets ? settings.presetScreen.first : settings.tapToChange)),
    buttons(...(presets ? presetButtons(texts, 'replace') : []), ...chunk(links, 2), [
      ...(presets ? [] : [screenButton('preset', settings.presetScreen.label)]),
      screenButton('export', settings.exportTexts.label),
    ]),
  ];
}

/** Whether nothing was changed, apart from the language and time zone that users bring along. */
function isUntouched(preferences: Preferences): boolean {
  const { language: _, ...chosen } = withoutReported(preferences);
  return (
    formatPreferences({ ...chosen, timeZone: DEFAULT_PREFERENCES.timeZone }) ===
    formatPreferences(DEFAULT_PREFERENCES)
  );
}

/** In another chat the platform may report another language. */
function withoutReported(preferences: Preferences): Preferences {
  const { reportedLanguage: _, ...chosen } = preferences;
  return chosen;
}

const titleOf = (group: Group, context: CommandContext): string =>
  `${group.icon} ${group.title(context.texts, context)}`;

/** The presets, below a summary of the current settings. */
export async function presetScreen(preferences: Preferences, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const { presetScreen } = texts.settings;
  return [
    heading(3, text(presetScreen.label)),
    paragraph(...linkCommands(await summary(preferences, context))),
    small(...linkCommands(presetScreen.explained)),
    buttons(...presetButtons(texts, 'replace', preferences), [back(texts)]),
  ];
}

const panelLink = (panel: Panel, preferences: Preferences, context: CommandContext): Button =>
  screenButton(panel.name, panel.label(preferences, context));

/** For chats without a subscription: offers presets to start with. */
export function unsubscribedScreen({ author, texts }: CommandContext): Document {
  return [
    paragraph(...linkCommands(texts.settings.notSubscribed(author().name))),
    small(...linkCommands(texts.settings.later)),
    buttons(...presetButtons(texts, 'replace')),
  ];
}

/** Confirms a preset or an import with a summary. */
export async function appliedScreen(preferences: Preferences, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const zone =
    preferences.schedule.kind === 'at-once' ? [] : [panelLink(timeZonePanel, preferences, context)];
  return [
    paragraph(...linkCommands(await summary(preferences, context))),
    small(...linkCommands(texts.settings.later)),
    buttons([...zone, { ...settingsButton(texts), responseMode: 'replace' }]),
  ];
}

/** A group's settings: inline where they fit, otherwise as buttons that lead to their panels. */
export async function groupScreen(
  group: Group,
  preferences: Preferences,
  context: CommandContext,
): Promise<Document> {
  const blocks: Block[] = [];
  const links: Button[] = [];
  const more: (readonly Button[])[] = [];
  for (const panel of panelsOf(group, context)) {
    const inline = (await panel.inline?.(preferences, context)) ?? [];
    blocks.push(...inline.filter(({ type }) => type !== 'buttons'));
    more.push(...inline.flatMap((block) => (block.type === 'buttons' ? block.rows : [])));
    if (panel.toggle) links.push(panel.toggle(preferences, context));
    else if (inline.length === 0) links.push(panelLink(panel, preferences, context));
  }
  const summaryBlocks = GROUPS_WITH_SUMMARY.has(group.name)
    ? [paragraph(...linkCommands(await summary(preferences, context)))]
    : [];
  const content = [...summaryBlocks, ...blocks];
  return [
    heading(3, text(titleOf(group, context))),
    // A heading alone would be an almost empty message.
    ...(content.length > 0 ? content : [paragraph(...linkCommands(context.texts.settings.tapToChange))]),
    buttons(...chunk(links, hasSelects(context) ? 5 : 1), ...more, [back(context.texts)]),
  ];
}

/** The groups whose screens show the summary. */
const GROUPS_WITH_SUMMARY = new Set(['what', 'when']);

/**
 * A panel's screen with a back button, or its group's screen if the panel is shown there. `input`: as in
 * `Panel.show`.
 */
export async function panelScreen(
  panel: Panel,
  preferences: Preferences,
  context: CommandContext,
  input?: PanelInput,
): Promise<Document> {
  const group = groupOf(panel);
  const isInGroup = panel.toggle
    ? input !== undefined
    : ((await panel.inline?.(preferences, context)) ?? []).length > 0;
  if (group && isInGroup) return groupScreen(group, preferences, context);
  return [...(await panel.show(preferences, context, input)), backToGroup(panel, context)];
}

const groupOf = (panel: Panel): Group | undefined => GROUPS.find(({ panels }) => panels.includes(panel));

/** The button that leads from a panel's screen to its group. */
export function backToGroup(panel: Panel, context: CommandContext): Block {
  const group = groupOf(panel);
  return buttons([
    group ? screenButton(group.name, `‹ ${group.title(context.texts, context)}`) : back(context.texts),
  ]);
}

/** The exported text goes after this. */
const IMPORT = '/settings import';

/** The settings as text, to keep or to import in another chat. */
export function exportScreen(preferences: Preferences, { texts }: CommandContext): Document {
  const { exportTexts } = texts.settings;
  return [
    heading(3, text(exportTexts.heading)),
    { type: 'code-block', text: formatPreferences(withoutReported(preferences)) },
    paragraph(...linkCommands(exportTexts.explained), text('\n'), { type: 'code', text: IMPORT }),
    buttons([back(texts)]),
  ];
}
