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
  choices?: Preferences,
): readonly (readonly Button[])[] {
  const all = PRESETS.map(
    (preset): Button => ({
      ...panelButton(
        'preset',
        { value: preset.name },
        settings.presets[preset.name],
        choices && isActive(preset, choices),
      ),
      responseMode,
    }),
  );
  return chunk(all, 2);
}

const isActive = ({ choices: { postTypes, schedule } }: Preset, choices: Preferences): boolean =>
  formatSchedule(schedule) === formatSchedule(choices.schedule) &&
  postTypes.length === choices.postTypes.length &&
  postTypes.every((type) => choices.postTypes.includes(type));

/** Opens /settings in a new message. */
export const settingsButton = ({ settings }: Texts): Button => ({
  label: settings.open,
  callback: callback('settings'),
  responseMode: 'add',
});

/** The first screen: a summary and a button for each group. Presets come first until something is changed. */
export async function overview(choices: Preferences, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const { settings } = texts;
  const presets = isUntouched(choices);
  const ways = GROUPS.filter((group) => panelsOf(group, context).length > 0).map((group) =>
    screenButton(group.name, titleOf(group, context)),
  );
  return [
    heading(3, text(settings.heading)),
    paragraph(...linkCommands(await summary(choices, context))),
    small(...linkCommands(presets ? settings.presetScreen.first : settings.tapToChange)),
    buttons(...(presets ? presetButtons(texts, 'replace') : []), ...chunk(ways, 2), [
      ...(presets ? [] : [screenButton('preset', settings.presetScreen.label)]),
      screenButton('export', settings.exportTexts.label),
    ]),
  ];
}

/** Whether nothing was changed but what users bring along: their language and time zone. */
function isUntouched(choices: Preferences): boolean {
  const { language: _, ...chosen } = withoutReported(choices);
  return (
    formatPreferences({ ...chosen, timeZone: DEFAULT_PREFERENCES.timeZone }) ===
    formatPreferences(DEFAULT_PREFERENCES)
  );
}

/** In another chat the platform may report another language. */
function withoutReported(choices: Preferences): Preferences {
  const { reportedLanguage: _, ...chosen } = choices;
  return chosen;
}

const titleOf = (group: Group, context: CommandContext): string =>
  `${group.icon} ${group.title(context.texts, context)}`;

/** The presets, below a summary of the current settings. */
export async function presetScreen(choices: Preferences, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const { presetScreen } = texts.settings;
  return [
    heading(3, text(presetScreen.label)),
    paragraph(...linkCommands(await summary(choices, context))),
    small(...linkCommands(presetScreen.explained)),
    buttons(...presetButtons(texts, 'replace', choices), [back(texts)]),
  ];
}

const panelLink = (panel: Panel, choices: Preferences, context: CommandContext): Button =>
  screenButton(panel.name, panel.label(choices, context));

/** For chats without a subscription: offers presets to start with. */
export function unsubscribedScreen({ author, texts }: CommandContext): Document {
  return [
    paragraph(...linkCommands(texts.settings.notSubscribed(author().name))),
    small(...linkCommands(texts.settings.later)),
    buttons(...presetButtons(texts, 'replace')),
  ];
}

/** Confirms a preset or an import with a summary. */
export async function appliedScreen(choices: Preferences, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const zone = choices.schedule.kind === 'at-once' ? [] : [panelLink(timeZonePanel, choices, context)];
  return [
    paragraph(...linkCommands(await summary(choices, context))),
    small(...linkCommands(texts.settings.later)),
    buttons([...zone, { ...settingsButton(texts), responseMode: 'replace' }]),
  ];
}

/** A group's settings: choices where they fit, and buttons that lead to the others. */
export async function groupScreen(
  group: Group,
  choices: Preferences,
  context: CommandContext,
): Promise<Document> {
  const blocks: Block[] = [];
  const ways: Button[] = [];
  const more: (readonly Button[])[] = [];
  for (const panel of panelsOf(group, context)) {
    const drawn = (await panel.inline?.(choices, context)) ?? [];
    blocks.push(...drawn.filter(({ type }) => type !== 'buttons'));
    more.push(...drawn.flatMap((block) => (block.type === 'buttons' ? block.rows : [])));
    if (panel.toggle) ways.push(panel.toggle(choices, context));
    else if (drawn.length === 0) ways.push(panelLink(panel, choices, context));
  }
  const summed = SUMMED_UP.has(group.name)
    ? [paragraph(...linkCommands(await summary(choices, context)))]
    : [];
  const says = [...summed, ...blocks];
  return [
    heading(3, text(titleOf(group, context))),
    // A heading alone would be an almost empty message.
    ...(says.length > 0 ? says : [paragraph(...linkCommands(context.texts.settings.tapToChange))]),
    buttons(...chunk(ways, hasSelects(context) ? 5 : 1), ...more, [back(context.texts)]),
  ];
}

/** The groups whose screens show the summary. */
const SUMMED_UP = new Set(['what', 'when']);

/** A panel's screen with a button that leads back, or its group if that shows it. `input`: as in `Panel.show`. */
export async function panelScreen(
  panel: Panel,
  choices: Preferences,
  context: CommandContext,
  input?: PanelInput,
): Promise<Document> {
  const group = groupOf(panel);
  const isThere = panel.toggle
    ? input !== undefined
    : ((await panel.inline?.(choices, context)) ?? []).length > 0;
  if (group && isThere) return groupScreen(group, choices, context);
  return [...(await panel.show(choices, context, input)), backToGroup(panel, context)];
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
export function exportScreen(choices: Preferences, { texts }: CommandContext): Document {
  const { exportTexts: said } = texts.settings;
  return [
    heading(3, text(said.heading)),
    { type: 'code-block', text: formatPreferences(withoutReported(choices)) },
    paragraph(...linkCommands(said.explained), text('\n'), { type: 'code', text: IMPORT }),
    buttons([back(texts)]),
  ];
}
