import type { CommandContext } from '../command/command.ts';
import type { Texts } from '../text/texts.ts';
import { hashtagsPanel } from './hashtags-panel.ts';
import { languagePanel } from './language-panel.ts';
import type { Panel } from './panel.ts';
import { mentionsPanel } from './pings-panel.ts';
import { publishPanel } from './publish-panel.ts';
import { quietHoursPanel } from './quiet-panel.ts';
import { schedulePanel } from './schedule-panel.ts';
import { seriesPanel } from './series-panel.ts';
import { stylePanel } from './style-panel.ts';
import { breakingPanel, soundPanel } from './switch-panels.ts';
import { topicsPanel } from './topics-panel.ts';
import { typesPanel } from './types-panel.ts';
import { channelPanel } from './where-panel.ts';
import { timeZonePanel } from './zone-panel.ts';

/** Settings of which people think together. */
export interface Group {
  /** Lower-case letters; no panel's. */
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
    title: ({ settings }, { place }) => settings.groups[place.server ? 'server' : 'chats'],
  },
];

export const PANELS: readonly Panel[] = GROUPS.flatMap(({ panels }) => panels);

/** What of a group is of any use there. */
export const panelsOf = ({ panels }: Group, context: CommandContext): readonly Panel[] =>
  panels.filter((panel) => panel.isAvailable(context));
