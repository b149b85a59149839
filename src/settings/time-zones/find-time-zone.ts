import type { Texts } from '../../i18n/texts.ts';
import { localTime } from '../../note/dates/local-time.ts';
import { isTimeZone } from '../../preferences/schedule.ts';
import { ABBREVIATIONS } from './abbreviations.ts';
import { CITIES, RENAMED } from './cities.ts';

const namesIn = ({ settings }: Texts): Readonly<Record<string, string>> => settings.zone.names;

/** The zones that buttons offer. */
export const commonZones = (texts: Texts): readonly string[] => Object.keys(namesIn(texts));

/** A zone's name for people: its city. */
export const zoneName = (zone: string, texts: Texts): string => namesIn(texts)[zone] ?? cityOf(zone);

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** The time there, `HH:MM`. */
export const localClock = (timeZone: string, nowMs: number): string =>
  localTime(nowMs, timeZone).toPlainTime().toString().slice(0, 5);

/** Zones that match what somebody typed. */
export interface TimeZoneMatches {
  readonly zones: readonly string[];
  /** Whether the words are (nearly) their whole name. A single exact match needs no confirmation. */
  readonly isExact: boolean;
}

/**
 * The zones that match what somebody typed: a city, also with its country (`London, Ontario`), a country or
 * province, a zone's name in the catalogue, an abbreviation (`PST`), an IANA name, or an offset from UTC (`+8`,
 * `UTC+05:30`). Names that begin with the words come before names that contain them; if there are none, misspelled
 * names are tried.
 */
export function findTimeZones(typed: string, texts: Texts): TimeZoneMatches {
  const words = typed.normalize('NFKC').trim();
  const whole = exactMatches(words, texts);
  return whole.length > 0 ? { zones: whole, isExact: true } : partialMatches(words, texts);
}

function exactMatches(words: string, texts: Texts): readonly string[] {
  const fixed = utcOffset(words);
  if (fixed !== undefined) return [fixed];
  if (/\w\/\w/u.test(words)) return ianaName(words);
  const [city = '', ...around] = words.split(/[,，、()]/u).filter((part) => part.trim() !== '');
  if (around.length > 0) return matchesInArea(city, around, texts);
  const found = zonesNamed(city, texts);
  if (found.length > 0) return found;
  const spaced = [...city.matchAll(/\s+/gu)].flatMap(({ index }) => {
    const [before, behind] = [city.slice(0, index), city.slice(index)];
    return zonesNamed(before, texts).length > 0 && zonesNamed(behind, texts).length > 0
      ? [[before, behind] as const]
      : [];
  });
  const [parts] = spaced;
  return parts ? matchesInArea(parts[0], [parts[1]], texts) : ianaName(city);
}

/** There is more than one London: the words after it decide which one is meant. */
function matchesInArea(city: string, around: readonly string[], texts: Texts): readonly string[] {
  const found = zonesNamed(city, texts);
  const [area] = around.map((name) => zonesNamed(name, texts)).filter((zones) => zones.length > 0);
  if (area === undefined) return found;
  const both = found.filter((zone) => area.includes(zone));
  return both.length > 0 ? both : area;
}

/** The largest offset from UTC (Kiritimati). */
const FARTHEST_HOURS = 14;
const QUARTERS: ReadonlyMap<string, string> = new Map([
  ['25', '15'],
  ['5', '30'],
  ['75', '45'],
]);

function utcOffset(words: string): string | undefined {
  const [, from, sign, hours = '', minutes = '00', part] =
    /^(utc|gmt)?\s*([+\-−])?\s*(\d{1,2})(?::?(\d{2})|\.(25|5|75))?$/iu.exec(words) ?? [];
  if (from === undefined && sign === undefined) return undefined;
  const quarters = part === undefined ? minutes : QUARTERS.get(part);
  const name = `${sign === undefined || sign === '+' ? '+' : '-'}${hours.padStart(2, '0')}:${quarters}`;
  return isTimeZone(name) && Number(hours) <= FARTHEST_HOURS ? name : undefined;
}

function ianaName(words: string): readonly string[] {
  const name = words.trim().replaceAll(' ', '_');
  if (name === '' || !isTimeZone(name)) return [];
  const { timeZoneId } = localTime(0, name);
  return [RENAMED.get(timeZoneId) ?? timeZoneId];
}

/** Words that people add to a name and that don't change its meaning. */
const ADDED =
  /(?:\s+(?:standard|daylight|summer))?\s+(?:time(?:\s?zone)?|city)$|(?:市|时间|時間|时区|時區)$/iu;

function zonesNamed(words: string, texts: Texts): readonly string[] {
  const own = commonZones(texts).filter((zone) => keyOf(zoneName(zone, texts)) === keyOf(words));
  const zones = own.length > 0 ? own : (zoneIndex().get(keyOf(words)) ?? []);
  const shorter = words.replace(ADDED, '');
  return zones.length > 0 || shorter === words ? zones : zonesNamed(shorter, texts);
}

/** Fewer letters occur in too many names. */
const MIN_LETTERS_INSIDE = 3;

/** The share of a name's letters that counts as an exact match. */
const NEARLY = 2 / 3;

function partialMatches(words: string, texts: Texts): TimeZoneMatches {
  const key = keyOf(words);
  if (key === '') return { zones: [], isExact: false };
  const own = commonZones(texts).map((zone) => [keyOf(zoneName(zone, texts)), [zone]] as const);
  const names = [...own, ...zoneIndex()];
  const isLong = key.length >= MIN_LETTERS_INSIDE || /\p{sc=Han}/u.test(key);
  const beginning = names.filter(([name]) => name.startsWith(key));
  const within = isLong ? names.filter(([name]) => name.includes(key)) : [];
  const isExact = beginning.length > 0 && beginning.every(([name]) => key.length >= name.length * NEARLY);
  const parts = isExact ? beginning : [...beginning, ...within];
  const short = new Set(abbreviations().map(([name]) => keyOf(name)));
  const places = names.filter(([name]) => !short.has(name));
  const matching = parts.length > 0 ? parts : places.filter(([name]) => isMisspelled(key, name));
  return { zones: [...new Set(matching.flatMap(([, zones]) => zones))], isExact };
}

/** Shorter names resemble each other too much. */
const MIN_LETTERS_MISSPELLED = 6;
/** In names of at least this many letters, two may be wrong. */
const LETTERS_FOR_TWO = 9;

/** Whether a place name was typed with one or two letters wrong, missing, added or swapped. */
function isMisspelled(typed: string, name: string): boolean {
  const most = Math.min(typed.length, name.length) < LETTERS_FOR_TWO ? 1 : 2;
  if (typed.length < MIN_LETTERS_MISSPELLED || Math.abs(typed.length - name.length) > most) return false;
  // Optimal string alignment distance (Damerau–Levenshtein without editing a letter twice).
  let [before, row]: readonly number[][] = [[], Array.from({ length: name.length + 1 }, (_, index) => index)];
  for (let at = 1; at <= typed.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= name.length; to += 1) {
      const isSame = typed[at - 1] === name[to - 1];
      const isSwapped = at > 1 && to > 1 && typed[at - 1] === name[to - 2] && typed[at - 2] === name[to - 1];
      next.push(
        Math.min(
          (row?.[to] ?? 0) + 1,
          (next[to - 1] ?? 0) + 1,
          (row?.[to - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (before?.[to - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return (row?.[name.length] ?? 0) <= most;
}

/** A name without accents, capitals, spaces and punctuation, in simplified Chinese characters. */
const keyOf = (name: string): string =>
  toSimplified(name)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .normalize('NFC');

let cachedIndex: ReadonlyMap<string, readonly string[]> | undefined;

/** Every name by its key, with the zones that it may mean. Built on first use. */
function zoneIndex(): ReadonlyMap<string, readonly string[]> {
  cachedIndex ??= buildZoneIndex();
  return cachedIndex;
}

const abbreviations = (): readonly (readonly [name: string, zones: readonly string[]])[] =>
  Object.entries(ABBREVIATIONS).flatMap(([called, zones]) =>
    called.split(' ').map((name) => [name, zones.split(' ')] as const),
  );

function buildZoneIndex(): ReadonlyMap<string, readonly string[]> {
  const short = new Set(abbreviations().map(([name]) => keyOf(name)));
  const cities = Object.entries(CITIES).flatMap(([zone, called]) =>
    called.split(', ').map((name) => [name, [zone]] as const),
  );
  const own = [...Intl.supportedValuesOf('timeZone'), ...Object.keys(CITIES)].map(
    (zone) => [cityOf(zone), [RENAMED.get(zone) ?? zone]] as const,
  );
  const all = new Map<string, readonly string[]>();
  for (const [name, zones] of [
    ...abbreviations(),
    ...cities.filter(([name]) => !short.has(keyOf(name))),
    ...own,
  ]) {
    const key = keyOf(name);
    all.set(key, [...new Set([...(all.get(key) ?? []), ...zones])]);
  }
  return all;
}

/** Traditional characters with their simplified forms, as far as place names use them. */
const PAIRS = [
  '紐纽 約约 倫伦 舊旧 爾尔 濱滨 島岛 灣湾 臺台 慶庆 廣广 漢汉 門门 羅罗 馬马 聖圣 費费 華华',
  '頓顿 達达 蘭兰 亞亚 維维 納纳 魯鲁 貝贝 薩萨 蘇苏 澤泽 諾诺 國国 韓韩 錫锡 溫温 緬缅 東东',
  '寧宁 長长 連连 陽阳 濟济 鄭郑 龍龙 鹽盐 開开 鳳凤 奧奥 賓宾 內内 烏乌 齊齐 熱热 裡里 裏里',
  '聯联 賽赛 圖图 衛卫 剛刚 盧卢 幾几 萬万 務务 檳槟 凱凯 關关 湯汤 愛爱 時时 間间 區区 買买',
  '庫库 臘腊 岡冈 橋桥 瀋沈 無无 畢毕 繩绳 貢贡 銀银 陸陆 黃黄 撾挝 贊赞 廈厦 莊庄 韋韦 麥麦',
  '歷历 釐厘 發发 葉叶 峴岘 徹彻 滿满 靈灵 猶犹 磯矶 祕秘 窩窝 萊莱 讓让 諸诸 貴贵 賈贾 輔辅 邊边 邁迈',
  '遞递 鮮鲜 騷骚 劍剑 別别 敘叙 沖冲 紮扎 崑昆',
];

const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap((row) => row.split(' ').map(([traditional = '', simple = '']) => [traditional, simple])),
);

/** A place name in simplified characters. */
const toSimplified = (name: string): string =>
  name.replace(/\p{sc=Han}/gu, (character) => SIMPLIFIED.get(character) ?? character);
