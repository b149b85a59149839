import type { CommandContext } from '../command/command.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Panel } from './panel.ts';
import { channelPanel } from './panels/channel.ts';
import { hashtagsPanel } from './panels/hashtags.ts';
import { languagePanel } from './panels/language.ts';
import { mentionsPanel } from './panels/mentions.ts';
import { publishPanel } from './panels/publish.ts';
import { quietHoursPanel } from './panels/quiet-hours.ts';
import { schedulePanel } from './panels/schedule.ts';
import { seriesPanel } from './panels/series.ts';
import { stylePanel } from './panels/style.ts';
import { timeZonePanel } from './panels/time-zone.ts';
import { breakingPanel, soundPanel } from './panels/toggles.ts';
import { topicsPanel } from './panels/topics.ts';
import { typesPanel } from './panels/types.ts';

/** Related settings. */
export interface Group {
  /** Lower-case letters; different from every panel's. */
  readonly name: string;
  readonly icon: string;
  readonly panels: readonly Panel[];
  title(texts: Texts, context: CommandContext): string;
}

/** Every group and every panel, in the order in which /settings shows them. The only list of them. */
export const GROUPS: readonly Group[] = [
  {
    name: 'what',
    icon: '📬',
    panels: [typesPanel, seriesPanel, hashtagsPanel],
    title: ({ settings }) => settings.groups.what,
  },
  {
    name: 'when',
    icon: '🕗',
    panels: [schedulePanel, timeZonePanel, quietHoursPanel, soundPanel, breakingPanel],
    title: ({ settings }) => settings.groups.when,
  },
  {
    name: 'how',
    icon: '🎨',
    panels: [stylePanel, languagePanel],
    title: ({ settings }) => settings.groups.how,
  },
  {
    name: 'server',
    icon: '💬',
    panels: [channelPanel, topicsPanel, mentionsPanel, publishPanel],
    title: ({ settings }, { chat }) => settings.groups[chat.server ? 'server' : 'chats'],
  },
];

export const PANELS: readonly Panel[] = GROUPS.flatMap(({ panels }) => panels);

/** The panels of a group that are available in this chat. */
export const panelsOf = ({ panels }: Group, context: CommandContext): readonly Panel[] =>
  panels.filter((panel) => panel.isAvailable(context));
