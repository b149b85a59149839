import type { Choices } from '../choices/choices.ts';
import type { CommandContext } from '../command/command.ts';
import { Problem } from '../command/problem.ts';
import { sentence } from '../command/sentence.ts';
import { type Block, heading, paragraph, small, text } from '../note/document.ts';
import { shortened } from '../note/shortened.ts';
import { likelyZones } from './likely-zones.ts';
import { choiceOf, mostOptions, option, type Panel, pick, wherePlatformSelects } from './panel.ts';
import { clockIn, zoneName, zonesMeant } from './zones.ts';

/** So many are named where it is not clear which one is meant. */
const MOST_NAMED = 8;

/** By whose clock digests and quiet hours go. Words: what `zonesMeant` reads. */
export const zonePanel: Panel = {
  name: 'zone',
  isFor: () => true,
  label: ({ timeZone }, { texts }) => texts.settings.zone.label(bare(zoneName(timeZone, texts))),
  change(words, choices, { now, texts }) {
    const { unknown, meant, severalMeant } = texts.settings.zone;
    const { zones, isSure } = zonesMeant(words, texts);
    const [timeZone, ...others] = zones.slice(0, MOST_NAMED);
    if (timeZone === undefined) throw new Problem(unknown(shortened(words, 80)));
    if (isSure && others.length === 0) return { ...choices, timeZone };
    const named = [timeZone, ...others].map((zone) => [zone, zoneName(zone, texts)] as const);
    throw new Problem(
      (named.length > 1 ? severalMeant : meant)(
        shortened(words, 80),
        named.map(([, name]) => name).join(texts.marks.comma),
      ),
      named.map(([zone, name]) => pick('zone', zone, `${name} ${clockIn(zone, now())}`)),
    );
  },
  show(choices, context) {
    const { now, texts } = context;
    const { zone } = texts.settings;
    const { timeZone } = choices;
    return [
      heading(3, text(zone.heading)),
      paragraph(...sentence(zone.now(zoneName(timeZone, texts), clockIn(timeZone, now())))),
      paragraph(...sentence(zone.explained)),
      ...choicesOf(choices, context),
    ];
  },
  inGroup: wherePlatformSelects(choicesOf),
};

/** Beside others the name alone will do, without what explains it. */
const bare = (name: string): string => name.replace(/（.*/su, '');

function choicesOf({ timeZone }: Choices, context: CommandContext): readonly Block[] {
  const { asker, now, texts } = context;
  const { settings } = texts;
  const language = asker.reported ?? asker.language;
  const likely = likelyZones(timeZone, language, now(), mostOptions(context), texts);
  return [
    choiceOf(
      'zone',
      settings.zone.heading,
      likely.map((zone) => option(zone, `${bare(zoneName(zone, texts))} ${clockIn(zone, now())}`)),
      [timeZone],
    ),
    small(...sentence(settings.typed(`/settings zone ${settings.zone.example}`))),
  ];
}
