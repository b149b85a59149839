import type { Autocompleter } from '../command/options.ts';
import { GROUPS, PANELS } from './groups.ts';
import { PRESETS } from './presets.ts';
import { findTimeZones } from './time-zones/find-time-zone.ts';

/** Example lines, offered with the panels' names. */
const EXAMPLES = [
  'schedule right away',
  'schedule daily 08:00',
  'schedule weekly sunday 08:00',
  'quiet 22-7',
  'quiet off',
  'sound off',
  'types missive, photo',
  'types all',
];

/** Panels, presets and examples that begin with what was typed; time zones after `zone`. */
export const completeSettings: Autocompleter = async (typed, { texts }) => {
  const words = typed.trimStart().toLowerCase();
  const [, city] = /^zone\s+(\S.*)$/u.exec(words) ?? [];
  if (city !== undefined) return findTimeZones(city, texts).zones.map((zone) => `zone ${zone}`);
  const presets = PRESETS.map(({ name }) => `preset ${name}`);
  const names = [...PANELS, ...GROUPS].map(({ name }) => name);
  const all = [...names, ...presets, ...EXAMPLES, 'export'];
  return all.filter((line) => line.startsWith(words));
};
