import type { Texts } from '../../i18n/texts.ts';
import { localTime } from '../../note/dates/local-time.ts';
import { RENAMED } from './cities.ts';
import { commonZones } from './find-time-zone.ts';

/**
 * The zones that a user most likely lives in, at most `most`: the chosen one, those of the region of their language
 * (`de`, `en-GB`), those with the same time as the chosen one, then those where most people live.
 */
export function likelyZones(
  chosen: string,
  language: string,
  nowMs: number,
  most: number,
  texts: Texts,
): readonly string[] {
  const common = commonZones(texts);
  const region = zonesOfRegion(language);
  const large = region.filter((zone) => common.includes(zone));
  const ofRegion = large.length > 0 ? large : region;
  const offset = offsetOf(chosen, nowMs);
  const alike = common.filter((zone) => offsetOf(zone, nowMs) === offset);
  return [...new Set([chosen, ...ofRegion, ...alike, ...common])].slice(0, most);
}

/** Intl Locale Info, which TypeScript's library lacks so far. */
type RegionLocale = Intl.Locale & { getTimeZones?(): readonly string[] | undefined };

function zonesOfRegion(language: string): readonly string[] {
  try {
    const region: RegionLocale = new Intl.Locale(language).maximize();
    return (region.getTimeZones?.() ?? []).map((zone) => RENAMED.get(zone) ?? zone);
  } catch (error) {
    // Platforms pass on what apps report, which may not be a language.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

const offsetOf = (zone: string, nowMs: number): number => localTime(nowMs, zone).offsetNanoseconds;
