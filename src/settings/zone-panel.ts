import { Problem } from '../command/problem.ts';
import { sentence } from '../command/sentence.ts';
import { buttons, heading, paragraph, small, text } from '../note/document.ts';
import { shortened } from '../note/shortened.ts';
import { inRows, type Panel, pick } from './panel.ts';
import { clockIn, commonZones, zoneName, zonesMeant } from './zones.ts';

/** So many are named where it is not clear which one is meant. */
const MOST_NAMED = 8;

/** By whose clock digests and quiet hours go. Words: what `zonesMeant` reads. */
export const zonePanel: Panel = {
  name: 'zone',
  isFor: () => true,
  label: ({ timeZone }, { texts }) => texts.settings.zone.label(zoneName(timeZone, texts)),
  change(words, choices, { now, texts }) {
    const { unknown, meant } = texts.settings.zone;
    const { zones, isSure } = zonesMeant(words, texts);
    const [timeZone, ...others] = zones.slice(0, MOST_NAMED);
    if (timeZone === undefined) throw new Problem(unknown(shortened(words, 80)));
    if (isSure && others.length === 0) return { ...choices, timeZone };
    const named = [timeZone, ...others].map((zone) => [zone, zoneName(zone, texts)] as const);
    throw new Problem(
      meant(shortened(words, 80), named.map(([, name]) => name).join(texts.marks.comma)),
      named.map(([zone, name]) => pick('zone', zone, `${name} · ${clockIn(zone, now())}`)),
    );
  },
  show({ timeZone }, { now, texts }) {
    const { zone } = texts.settings;
    return [
      heading(3, text(zone.heading)),
      paragraph(...sentence(zone.now(zoneName(timeZone, texts), clockIn(timeZone, now())))),
      paragraph(...sentence(zone.explained)),
      small(...sentence(texts.settings.typed('/settings zone Helsinki'))),
      buttons(
        ...inRows(
          commonZones(texts).map((one) => pick('zone', one, zoneName(one, texts), one === timeZone)),
          3,
        ),
      ),
    ];
  },
};
