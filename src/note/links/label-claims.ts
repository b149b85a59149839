import { memoize } from '../../lib/memoize.ts';
import { expandSpelledDots, isAddress, mayHaveAddress } from './address-detection.ts';
import { skeletonOf } from './skeleton.ts';

/** A piece of running text, and the URL that it links to. */
export interface TextSpan {
  readonly text: string;
  readonly url?: string;
}

/** What a label claims to be: plain words, the URL that it leads to (or the beginning of that), or another URL. */
export type LabelClaim = 'words' | 'own' | 'another';

/** Text without a visible break that could be one address; scripts without spaces are not part of an adjacent address. */
const CJK = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}`;
const SEPARATORS = String.raw`\s<>"\|\{\}·。`;
const WORD = new RegExp(
  `[^${SEPARATORS}](?:(?!(?<=[${CJK}])[A-Za-z0-9:]|(?<=[A-Za-z0-9])[${CJK}])[^${SEPARATORS}])*`,
  'gv',
);
/** The same without those scripts: ten times as fast, and enough for nearly every text. */
const PLAIN_WORD = new RegExp(`[^${SEPARATORS}]+`, 'gv');
const HAS_CJK = new RegExp(`[${CJK}]`, 'v');
const BREAK = new RegExp(`^[${SEPARATORS}]?$`, 'v');

/** Chinese and Japanese top-level domains that seldom begin a sentence. */
const CJK_ENDINGS =
  '中国|中國|公司|网络|網絡|网址|网站|网店|香港|台湾|台灣|澳门|澳門|新加坡|集团|商城|在线|中文网|政务|政府|我爱你|みんな|コム';

const OTHER = `[\\p{L}\\p{N}]--[${CJK}]`;

/** A middle dot between letters of scripts that don't use one. */
const DRAWN_DOT = new RegExp(`(?<=[${OTHER}])·(?=[${OTHER}])`, 'gv');

/** An ideographic full stop, which browsers take for a dot, unless it ends a sentence. */
const IDEOGRAPHIC_DOT = new RegExp(
  `(?<=[\\p{L}\\p{N}])。(?=[\\p{L}\\p{N}])(?:${[
    `(?<=[${OTHER}]。)(?=[${OTHER}])`,
    `(?<=[${CJK}]。)(?=[a-z]{2,24}(?![\\p{L}\\p{N}]))`,
    `(?=(?:${CJK_ENDINGS})(?![\\p{L}\\p{N}]))`,
    `(?=[${CJK}]{1,20}(?:/|:\\d))`,
  ].join('|')})`,
  'gv',
);

/** The claim of a single label; see `labelClaims`. */
export const labelClaim = memoize((label: string, url: string): LabelClaim => {
  // Most labels return here, and each is judged whenever a message is measured.
  if (!isLong(label, url) && !mayHaveAddress(skeletonOf(label))) return 'words';
  return labelClaims([{ text: label, url }])[0] ?? 'words';
});

/** Whether anything in a text could be read as an address. */
export const hasAddress = (words: string): boolean => labelClaim(words, '') !== 'words';

function withDots(skeleton: string): string {
  const drawn = skeleton.includes('·') ? skeleton.replace(DRAWN_DOT, '.') : skeleton;
  return drawn.includes('。') ? drawn.replace(IDEOGRAPHIC_DOT, '.') : drawn;
}

/** Whether a URL, as displayed, visibly names the host that it leads to. */
export function showsItsHost(written: string, url: string): boolean {
  const seen = withDots(skeletonOf(written));
  return seen === written || URL.parse(seen)?.host === URL.parse(url)?.host;
}

/**
 * The claim of each span of a run, judged together with its neighbours: links side by side, or glued to text, read as one
 * name, whatever invisible characters are between them. Linear in the length of the text. A span without a URL always
 * claims words.
 */
export function labelClaims(run: readonly TextSpan[]): readonly LabelClaim[] {
  const spans: { readonly from: number; readonly to: number }[] = [];
  let seen = '';
  for (const { text, url } of run) {
    const from = seen.length;
    seen += isLong(text, url) ? ' ' : skeletonOf(text);
    spans.push({ from, to: seen.length });
  }
  const claims = run.map(({ text, url }): LabelClaim => (isLong(text, url) ? 'another' : 'words'));
  if (!mayHaveAddress(seen)) return claims;
  seen = withDots(expandSpelledDots(seen));
  let first = 0;
  for (const { 0: word, index } of seen.matchAll(HAS_CJK.test(seen) ? WORD : PLAIN_WORD)) {
    const end = index + word.length;
    while ((spans[first]?.to ?? end) <= index && first < spans.length) first += 1;
    if (!touchesLink(run, spans, first, end) || !isAddress(word)) continue;
    const claimed = spelled(word.replace(/^[^\p{L}\p{N}]+/u, ''));
    for (let at = first; (spans[at]?.from ?? end) < end; at += 1) {
      const { from, to } = spans[at] ?? { from: end, to: end };
      const url = run[at]?.url;
      if (url === undefined || from === to || claims[at] === 'another') continue;
      claims[at] = isOwn(claimed, url) || isWholly(seen, from, to, url) ? 'own' : 'another';
    }
  }
  return claims;
}

/** Nobody reads a longer label to its end, so it counts as another address. */
const MAX_LABEL = 1_000;

const isLong = (text: string, url: string | undefined): boolean =>
  url !== undefined && text.length > MAX_LABEL;

function touchesLink(
  run: readonly TextSpan[],
  spans: readonly { readonly from: number; readonly to: number }[],
  first: number,
  end: number,
): boolean {
  for (let at = first; (spans[at]?.from ?? end) < end; at += 1) if (run[at]?.url !== undefined) return true;
  return false;
}

/** Whether a label is exactly its URL, brackets and commas included. */
function isWholly(seen: string, from: number, to: number, url: string): boolean {
  const isAlone = BREAK.test(seen.charAt(from - 1)) && BREAK.test(seen.charAt(to));
  return isAlone && spelled(seen.slice(from, to).trim()) === spelled(url);
}

/** Whether a URL as people write it is the beginning of the true one, complete up to a slash or question mark. */
function isOwn(claimed: string | undefined, url: string): boolean {
  const target = claimed === undefined ? undefined : spelled(url);
  if (claimed === undefined || target === undefined) return false;
  return target === claimed || (target.startsWith(claimed) && '/?#'.includes(target.charAt(claimed.length)));
}

/** A URL without the parts people leave out; `undefined` if it has credentials or is invalid. */
function spelled(address: string): string | undefined {
  const parsed = URL.parse(/^[a-z][a-z0-9+.-]{0,30}:\/\//iu.test(address) ? address : `http://${address}`);
  if (!parsed || !/^https?:$/u.test(parsed.protocol) || /:\/\/[^/?#]*@/u.test(parsed.href)) return undefined;
  const { host, pathname, search, hash } = parsed;
  return `${host.replace(/^www\./u, '')}${pathname}${search}${hash}`
    .toLowerCase()
    .replace(/(?<![/.,:;!?)'*_])[/.,:;!?)'*_]+$/u, '');
}
