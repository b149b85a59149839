import { type Choices, DEFAULT_CHOICES } from '../choices/choices.ts';
import { choicesText } from '../choices/choices-text.ts';
import { rhythmText } from '../choices/words.ts';
import type { CommandContext } from '../command/command.ts';
import { sentence } from '../command/sentence.ts';
import {
  type Block,
  type Button,
  buttons,
  type Document,
  heading,
  inRows,
  paragraph,
  press,
  small,
  text,
} from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import { hasSelects, type Panel, pick } from './panel.ts';
import { GROUPS, type Group, panelsOf } from './panels.ts';
import { PRESETS, type Preset } from './presets.ts';
import { summary } from './summary.ts';
import { zonePanel } from './zone-panel.ts';

const back = ({ settings }: Texts): Button => ({
  label: settings.back,
  press: press('settings'),
  manner: 'replace',
});

/** A button for each preset, with the one that holds. `add`: what it stands under is to stay. */
export function presetButtons(
  { settings }: Texts,
  manner: 'replace' | 'add',
  choices?: Choices,
): readonly (readonly Button[])[] {
  const all = PRESETS.map(
    (preset): Button => ({
      ...pick('preset', preset.name, settings.presets[preset.name], choices && holds(preset, choices)),
      manner,
    }),
  );
  return inRows(all, 2);
}

const holds = ({ choices: { postTypes, rhythm } }: Preset, choices: Choices): boolean =>
  rhythmText(rhythm) === rhythmText(choices.rhythm) &&
  postTypes.length === choices.postTypes.length &&
  postTypes.every((type) => choices.postTypes.includes(type));

/** The way to all choices, from a message that is to stay. */
export const settingsButton = ({ settings }: Texts): Button => ({
  label: settings.open,
  press: press('settings'),
  manner: 'add',
});

/** What comes and when, and the way to each group. Who has chosen nothing yet sees the presets first. */
export async function overview(choices: Choices, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const { settings } = texts;
  const presets = isUntouched(choices);
  const ways = GROUPS.filter((group) => panelsOf(group, context).length > 0).map((group) =>
    pick(group.name, '', titleOf(group, context)),
  );
  return [
    heading(3, text(settings.heading)),
    paragraph(...sentence(await summary(choices, context))),
    small(...sentence(presets ? settings.ready.first : settings.touch)),
    buttons(...(presets ? presetButtons(texts, 'replace') : []), ...inRows(ways, 2), [
      ...(presets ? [] : [pick('preset', '', settings.ready.label)]),
      pick('export', '', settings.text.label),
    ]),
  ];
}

/** Whether nothing was chosen but what people bring along: their language and their clock. */
function isUntouched(choices: Choices): boolean {
  const { language: _, ...chosen } = withoutReported(choices);
  return choicesText({ ...chosen, timeZone: DEFAULT_CHOICES.timeZone }) === choicesText(DEFAULT_CHOICES);
}

/** Elsewhere the platform reports something else. */
function withoutReported(choices: Choices): Choices {
  const { reportedLanguage: _, ...chosen } = choices;
  return chosen;
}

const titleOf = (group: Group, context: CommandContext): string =>
  `${group.icon} ${group.title(context.texts, context)}`;

/** Ready sets of choices, and what holds now. */
export async function presetScreen(choices: Choices, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const { ready } = texts.settings;
  return [
    heading(3, text(ready.label)),
    paragraph(...sentence(await summary(choices, context))),
    small(...sentence(ready.explained)),
    buttons(...presetButtons(texts, 'replace', choices), [back(texts)]),
  ];
}

const way = (panel: Panel, choices: Choices, context: CommandContext): Button =>
  pick(panel.name, '', panel.label(choices, context));

/** Where nothing comes yet: what it could be. */
export function invitation({ author, texts }: CommandContext): Document {
  return [
    paragraph(...sentence(texts.settings.notYet(author().name))),
    small(...sentence(texts.settings.later)),
    buttons(...presetButtons(texts, 'replace')),
  ];
}

/** What comes from now on, after a preset or an import. */
export async function settled(choices: Choices, context: CommandContext): Promise<Document> {
  const { texts } = context;
  const zone = choices.rhythm.kind === 'at-once' ? [] : [way(zonePanel, choices, context)];
  return [
    paragraph(...sentence(await summary(choices, context))),
    small(...sentence(texts.settings.later)),
    buttons([...zone, { ...settingsButton(texts), manner: 'replace' }]),
  ];
}

/** What a group holds: what can be chosen on the spot, and the ways to the rest. */
export async function groupScreen(
  group: Group,
  choices: Choices,
  context: CommandContext,
): Promise<Document> {
  const blocks: Block[] = [];
  const ways: Button[] = [];
  const more: (readonly Button[])[] = [];
  for (const panel of panelsOf(group, context)) {
    const drawn = (await panel.inGroup?.(choices, context)) ?? [];
    blocks.push(...drawn.filter(({ type }) => type !== 'buttons'));
    more.push(...drawn.flatMap((block) => (block.type === 'buttons' ? block.rows : [])));
    if (panel.toggle) ways.push(panel.toggle(choices, context));
    else if (drawn.length === 0) ways.push(way(panel, choices, context));
  }
  const summed = SUMMED_UP.has(group.name) ? [paragraph(...sentence(await summary(choices, context)))] : [];
  const says = [...summed, ...blocks];
  return [
    heading(3, text(titleOf(group, context))),
    // A title alone would be a message without a word.
    ...(says.length > 0 ? says : [paragraph(...sentence(context.texts.settings.touch))]),
    buttons(...inRows(ways, hasSelects(context) ? 5 : 1), ...more, [back(context.texts)]),
  ];
}

/** The groups that decide what comes and when. */
const SUMMED_UP = new Set(['what', 'when']);

/** A panel with the way back: its own screen, or its group where it stands there. `words`: as in `Panel.show`. */
export async function panelScreen(
  panel: Panel,
  choices: Choices,
  context: CommandContext,
  words: string,
): Promise<Document> {
  const group = groupOf(panel);
  const isThere = panel.toggle ? words !== '' : ((await panel.inGroup?.(choices, context)) ?? []).length > 0;
  if (group && isThere) return groupScreen(group, choices, context);
  return [...(await panel.show(choices, context, words)), backToGroup(panel, context)];
}

const groupOf = (panel: Panel): Group | undefined => GROUPS.find(({ panels }) => panels.includes(panel));

/** The way back from a panel's own screen. */
export function backToGroup(panel: Panel, context: CommandContext): Block {
  const group = groupOf(panel);
  return buttons([
    group ? pick(group.name, '', `‹ ${group.title(context.texts, context)}`) : back(context.texts),
  ]);
}

/** What the text is put behind. */
const IMPORT = '/settings import';

/** The choices as text to keep or to give to another place. */
export function asText(choices: Choices, { texts }: CommandContext): Document {
  const { text: said } = texts.settings;
  return [
    heading(3, text(said.heading)),
    { type: 'code-block', text: choicesText(withoutReported(choices)) },
    paragraph(...sentence(said.explained), text('\n'), { type: 'code', text: IMPORT }),
    buttons([back(texts)]),
  ];
}
