import { isTimeZone } from '../choices/rhythm.ts';
import { localTime } from '../note/local-time.ts';
import type { Texts } from '../text/texts.ts';

const namesIn = ({ settings }: Texts): Readonly<Record<string, string>> => settings.zone.names;

/** The zones that are offered by a button. */
export const commonZones = (texts: Texts): readonly string[] => Object.keys(namesIn(texts));

/** What people call a zone: by its city. */
export const zoneName = (zone: string, texts: Texts): string =>
  (Object.hasOwn(namesIn(texts), zone) ? namesIn(texts)[zone] : undefined) ?? cityOf(zone);

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** The time there, `HH:MM`. */
export const clockIn = (timeZone: string, nowMs: number): string =>
  localTime(nowMs, timeZone).toPlainTime().toString().slice(0, 5);

/**
 * The zones that somebody may mean, the one that is meant alone: an IANA name, what the catalogue calls it, a city of
 * IANA's, or a distance from UTC (`+8`, `UTC+05:30`).
 */
export function zonesLike(typed: string, texts: Texts): readonly string[] {
  const words = typed.normalize('NFKC').trim().toLowerCase();
  const [, sign, hours = '', minutes = '00'] =
    /^(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/u.exec(words) ?? [];
  const name = sign ? `${sign}${hours.padStart(2, '0')}:${minutes}` : words.replaceAll(' ', '_');
  if (isTimeZone(name)) return [localTime(0, name).timeZoneId];
  if (words === '') return [];
  const known = [...new Set([...commonZones(texts), ...Intl.supportedValuesOf('timeZone')])];
  const called = (zone: string): readonly string[] =>
    [zoneName(zone, texts), cityOf(zone)].map((one) => one.toLowerCase());
  const exact = known.find((zone) => called(zone).includes(words));
  return exact ? [exact] : known.filter((zone) => called(zone).some((one) => one.includes(words)));
}
