import type { CommandContext } from '../../command/command.ts';
import { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { truncateText } from '../../lib/truncate-text.ts';
import { type Block, heading, paragraph, small, text } from '../../note/document.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { isTimeZone } from '../../preferences/schedule.ts';
import { inlineWhereSelects, maxOptions, option, type Panel, panelButton, panelSelect } from '../panel.ts';
import { findTimeZones, localClock, zoneName } from '../time-zones/find-time-zone.ts';
import { likelyZones } from '../time-zones/likely-time-zones.ts';

/** How many zones are offered if a name is ambiguous. */
const MAX_OFFERED = 8;

/** The time zone of digests and quiet hours. Typed: whatever `findTimeZones` understands. */
export const timeZonePanel: Panel = {
  name: 'zone',
  isAvailable: () => true,
  label: ({ timeZone }, { texts }) => texts.settings.zone.label(shortZoneName(zoneName(timeZone, texts))),
  parse(typed, _preferences, { now, texts }) {
    const { didYouMean, ambiguous } = texts.settings.zone;
    const { zones, isExact } = findTimeZones(typed, texts);
    const [timeZone, ...others] = zones.slice(0, MAX_OFFERED);
    if (timeZone === undefined) throw unknownZone(typed, texts);
    if (isExact && others.length === 0) return { value: timeZone };
    const named = [timeZone, ...others].map((zone) => [zone, zoneName(zone, texts)] as const);
    throw new UserError(
      (named.length > 1 ? ambiguous : didYouMean)(
        truncateText(typed, 80),
        named.map(([, name]) => name).join(texts.marks.comma),
      ),
      named.map(([zone, name]) => panelButton('zone', { value: zone }, `${name} ${localClock(zone, now())}`)),
    );
  },
  apply({ value = '' }, preferences, { texts }) {
    if (!isTimeZone(value)) throw unknownZone(value, texts);
    return { ...preferences, timeZone: value };
  },
  show(preferences, context) {
    const { now, texts } = context;
    const { zone } = texts.settings;
    const { timeZone } = preferences;
    return [
      heading(3, text(zone.heading)),
      paragraph(...linkCommands(zone.now(zoneName(timeZone, texts), localClock(timeZone, now())))),
      paragraph(...linkCommands(zone.explained)),
      ...selects(preferences, context),
    ];
  },
  inline: inlineWhereSelects(selects),
};

const unknownZone = (given: string, { settings }: Texts): UserError =>
  new UserError(settings.zone.unknown(truncateText(given, 80)));

/** Without the explanation in brackets that some Chinese names have. */
const shortZoneName = (name: string): string => name.replace(/（.*/su, '');

function selects({ timeZone }: Preferences, context: CommandContext): readonly Block[] {
  const { user, now, texts } = context;
  const { settings } = texts;
  const language = user.reportedLanguage ?? user.language;
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
