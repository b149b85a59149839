import type { Choices } from '../choices/choices.ts';
import { choicesText } from '../choices/choices-text.ts';
import type { CommandContext } from '../command/command.ts';
import { sentence } from '../command/sentence.ts';
import {
  type Button,
  buttons,
  type Document,
  heading,
  paragraph,
  press,
  small,
  text,
} from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import { inRows, type Panel, pick } from './panel.ts';
import { PANELS } from './panels.ts';
import { PRESETS } from './presets.ts';
import { summary } from './summary.ts';
import { zonePanel } from './zone-panel.ts';

const back = ({ settings }: Texts): Button => ({
  label: settings.back,
  press: press('settings'),
  manner: 'replace',
});

/** A button for each preset. `add`: what it stands under is to stay. */
export function presetButtons(
  { settings }: Texts,
  manner: 'replace' | 'add',
): readonly (readonly Button[])[] {
  const all = PRESETS.map(
    ({ name }): Button => ({ ...pick('preset', name, settings.presets[name]), manner }),
  );
  return inRows(all, 2);
}

/** The way to all choices, from a message that is to stay. */
export const settingsButton = ({ settings }: Texts): Button => ({
  label: settings.open,
  press: press('settings'),
  manner: 'add',
});

/** All choices as one message, each with the way to its panel. */
export function overview(choices: Choices, context: CommandContext): Document {
  const { texts } = context;
  const ways = PANELS.filter((panel) => panel.isFor(context)).map((panel) => way(panel, choices, context));
  return [
    heading(3, text(texts.settings.heading)),
    paragraph(...sentence(summary(choices, texts))),
    small(...sentence(texts.settings.touch)),
    buttons(...inRows(ways, 2), [
      pick('preset', '', texts.settings.ready.label),
      pick('text', '', texts.settings.text.label),
    ]),
  ];
}

/** Ready sets of choices, and what holds now. */
export function presetScreen(choices: Choices, { texts }: CommandContext): Document {
  const { ready } = texts.settings;
  return [
    heading(3, text(ready.label)),
    paragraph(...sentence(summary(choices, texts))),
    small(...sentence(ready.explained)),
    buttons(...presetButtons(texts, 'replace'), [back(texts)]),
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
export function settled(choices: Choices, context: CommandContext): Document {
  const { texts } = context;
  const zone = choices.rhythm.kind === 'at-once' ? [] : [way(zonePanel, choices, context)];
  return [
    paragraph(...sentence(summary(choices, texts))),
    small(...sentence(texts.settings.later)),
    buttons([...zone, { ...settingsButton(texts), manner: 'replace' }]),
  ];
}

/** A panel with the way back. */
export async function panelScreen(
  panel: Panel,
  choices: Choices,
  context: CommandContext,
  words: string,
): Promise<Document> {
  return [...(await panel.show(choices, context, words)), buttons([back(context.texts)])];
}

/** What the text is put behind. */
const IMPORT = '/settings import';

/** The choices as text to keep or to give to another place. */
export function asText(choices: Choices, { texts }: CommandContext): Document {
  const { text: said } = texts.settings;
  // Elsewhere the platform reports something else.
  const { reportedLanguage: _, ...chosen } = choices;
  return [
    heading(3, text(said.heading)),
    { type: 'code-block', text: choicesText(chosen) },
    paragraph(...sentence(said.explained), text('\n'), { type: 'code', text: IMPORT }),
    buttons([back(texts)]),
  ];
}
