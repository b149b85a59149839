import type { CommandContext } from '../../command/command.ts';
import { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import { truncateText } from '../../lib/truncate-text.ts';
import { type Block, heading, paragraph, small, text } from '../../note/document.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { inlineWhereSelects, maxOptions, option, type Panel, panelButton, panelSelect } from '../panel.ts';
import { findTimeZones, localClock, zoneName } from '../time-zones/find-time-zone.ts';
import { likelyZones } from '../time-zones/likely-time-zones.ts';

/** So many are named where it is not clear which one is meant. */
const MAX_NAMED = 8;

/** By whose clock digests and quiet hours go. Words: what `zonesMeant` reads. */
export const timeZonePanel: Panel = {
  name: 'zone',
  isAvailable: () => true,
  label: ({ timeZone }, { texts }) => texts.settings.zone.label(shortZoneName(zoneName(timeZone, texts))),
  apply(words, choices, { now, texts }) {
    const { unknown, meant, severalMeant } = texts.settings.zone;
    const { zones, isExact } = findTimeZones(words, texts);
    const [timeZone, ...others] = zones.slice(0, MAX_NAMED);
    if (timeZone === undefined) throw new UserError(unknown(truncateText(words, 80)));
    if (isExact && others.length === 0) return { ...choices, timeZone };
    const named = [timeZone, ...others].map((zone) => [zone, zoneName(zone, texts)] as const);
    throw new UserError(
      (named.length > 1 ? severalMeant : meant)(
        truncateText(words, 80),
        named.map(([, name]) => name).join(texts.marks.comma),
      ),
      named.map(([zone, name]) => panelButton('zone', zone, `${name} ${localClock(zone, now())}`)),
    );
  },
  show(choices, context) {
    const { now, texts } = context;
    const { zone } = texts.settings;
    const { timeZone } = choices;
    return [
      heading(3, text(zone.heading)),
      paragraph(...linkCommands(zone.now(zoneName(timeZone, texts), localClock(timeZone, now())))),
      paragraph(...linkCommands(zone.explained)),
      ...selects(choices, context),
    ];
  },
  inline: inlineWhereSelects(selects),
};

/** Beside others the name alone will do, without what explains it. */
const shortZoneName = (name: string): string => name.replace(/（.*/su, '');

function selects({ timeZone }: Preferences, context: CommandContext): readonly Block[] {
  const { user, now, texts } = context;
  const { settings } = texts;
  const language = user.reported ?? user.language;
  const likely = likelyZones(timeZone, language, now(), maxOptions(context), texts);
  return [
    panelSelect(
      'zone',
      settings.zone.heading,
      likely.map((zone) =>
        option(zone, `${shortZoneName(zoneName(zone, texts))} ${localClock(zone, now())}`),
      ),
      [timeZone],
    ),
    small(...linkCommands(settings.typed(`/settings zone ${settings.zone.example}`))),
  ];
}
