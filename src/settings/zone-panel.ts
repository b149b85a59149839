import { Problem } from '../command/problem.ts';
import { sentence } from '../command/sentence.ts';
import { buttons, heading, paragraph, small, text } from '../note/document.ts';
import { inRows, type Panel, pick } from './panel.ts';
import { clockIn, commonZones, zoneName, zonesLike } from './zones.ts';

/** So many are named where it is not clear which one is meant. */
const MOST_NAMED = 6;

/** By whose clock digests and quiet hours go. Words: an IANA name, a city, or `UTC+8`. */
export const zonePanel: Panel = {
  name: 'zone',
  isFor: () => true,
  label: ({ timeZone }, { texts }) => texts.settings.zone.label(zoneName(timeZone, texts)),
  change(words, choices, { texts }) {
    const { unknown, meant } = texts.settings.zone;
    const [timeZone, ...others] = zonesLike(words, texts);
    if (timeZone === undefined) throw new Problem(unknown(words.slice(0, 80)));
    const named = [timeZone, ...others].slice(0, MOST_NAMED);
    if (others.length > 0) throw new Problem(meant(words.slice(0, 80), named.join(', ')));
    return { ...choices, timeZone };
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
