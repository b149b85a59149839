import type { CommandContext } from '../../src/command/command.ts';
import { textsFor } from '../../src/i18n/texts.ts';
import type { Note } from '../../src/note/note.ts';
import type { Series } from '../../src/note/series.ts';
import type { Preferences } from '../../src/preferences/preferences.ts';
import type { Panel } from '../../src/settings/panel.ts';

const series: readonly Series[] = [
  { name: 'harbour morning missive', count: 12, firstAt: 1, lastAt: 9 },
  { name: 'on tides', count: 2, firstAt: 1, lastAt: 8 },
];

/** A panel's context: two series, two hashtags, Discord's styles, the first of July. */
export function createTestContext(more: Partial<CommandContext> = {}): CommandContext {
  const context: Partial<CommandContext> = {
    archive: {
      hashtags: async () => ['lithium', 'gold'].map((tag) => ({ tag, count: 1 })),
      series: async () => series,
      notesInSeries: async (name: string) => ({ notes: [{ title: name.toUpperCase() } as Note], total: 1 }),
    } as unknown as CommandContext['archive'],
    now: () => Date.UTC(2025, 6, 1, 8),
    chat: {
      destination: 'discord:1',
      home: 'discord:1',
      kind: 'group',
      subscribable: true,
      styleOptions: {
        styles: ['auto', 'card', 'embed', 'plain'],
        longTextModes: ['auto', 'split', 'cut', 'summary'],
      },
      missingPermissions: async () => [],
    },
    user: { id: 'discord:7', isManager: true, language: 'en' },
    hasBreaking: true,
    platform: 'discord',
    texts: textsFor('en'),
  };
  return { ...context, ...more } as CommandContext;
}

/** The settings after a typed line. */
export const changeTyped = async (
  panel: Panel,
  typed: string,
  choices: Preferences,
  context: CommandContext,
): Promise<Preferences> => panel.apply(await panel.parse(typed, choices, context), choices, context);
