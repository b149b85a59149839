import type { Suggest } from '../command/command.ts';
import { PANELS } from './panels.ts';
import { PRESETS } from './presets.ts';
import { zonesMeant } from './zones.ts';

/** Lines that show what can be said, beside the panels' names. */
const EXAMPLES = [
  'rhythm at once',
  'rhythm daily 08:00',
  'rhythm weekly sunday 08:00',
  'quiet 22-7',
  'quiet off',
  'sound off',
  'types missive, photo',
  'types all',
];

/** Panels, presets and lines by their beginning; time zones once that is what is being typed. */
export const suggestSettings: Suggest = async (typed, { texts }) => {
  const words = typed.trimStart().toLowerCase();
  const [, city] = /^zone\s+(\S.*)$/u.exec(words) ?? [];
  if (city !== undefined) return zonesMeant(city, texts).zones.map((zone) => `zone ${zone}`);
  const presets = PRESETS.map(({ name }) => `preset ${name}`);
  const all = [...PANELS.map(({ name }) => name), ...presets, ...EXAMPLES, 'text'];
  return all.filter((line) => line.startsWith(words));
};
