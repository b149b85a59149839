import { decodeString } from 'micromark-util-decode-string';

/** A piece of HTML; `written` is its source. Attribute names are lower-case, entities in values decoded. */
export type HtmlToken =
  | { readonly type: 'text'; readonly written: string }
  | {
      readonly type: 'open';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly written: string;
      readonly isEmpty: boolean;
    }
  | { readonly type: 'close'; readonly name: string };

/** Quoted values contain no `<`: a missing quotation mark must not swallow the following tags. */
const TAG = /<(\/?)([a-z][a-z\d]*(?:[:-][a-z\d]+)*)(?=\s|\/?>)((?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/iuy;
const ATTRIBUTE = /([^\s"'=<>/`]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/gu;
const DECLARATION = /<![a-z][^<>]*>/iuy;
/** Sections that contain no tags, with their end. */
const ENCLOSED: readonly (readonly [begin: string, end: RegExp, isText: boolean])[] = [
  ['<!--', /-->/gu, false],
  ['<![CDATA[', /\]\]>/gu, true],
  ['<?', /\?>/gu, false],
];
/** Scripts and styles: not parsed, and not shown. */
const RAW: ReadonlyMap<string, RegExp> = new Map([
  ['script', /<\/script\s*>/giu],
  ['style', /<\/style\s*>/giu],
]);
/** Attributes without a value. A "tag" with other bare words in it is prose: `<your name>`, `a <b and c> d`. */
const BARE =
  /^(?:allowfullscreen|async|autoplay|checked|compact|controls|default|defer|disabled|download|hidden|inert|ismap|itemscope|loop|multiple|muted|nomodule|noshade|novalidate|nowrap|open|playsinline|readonly|required|reversed|selected|webkitallowfullscreen|mozallowfullscreen|.*-.*)$/iu;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{0,31});/giu;

/** Decodes HTML entities. */
export const decodeEntities = (text: string): string =>
  text.replace(ENTITY, (entity) => decodeString(entity));

/** Tokenizes HTML, without comments and scripts. Malformed HTML stays text. Linear in its length. */
export function tokenizeHtml(html: string): readonly HtmlToken[] {
  const tokens: HtmlToken[] = [];
  const missing = new Set<RegExp>();
  let from = 0;
  let at = html.indexOf('<');

  /** The next match of an ending; an ending that wasn't found isn't searched for again. */
  function next(ending: RegExp, after: number): RegExpExecArray | undefined {
    const found = missing.has(ending) ? null : matchAt(ending, html, after);
    if (!found) missing.add(ending);
    return found ?? undefined;
  }
  function take(end: number, ...found: readonly HtmlToken[]): void {
    if (at > from) tokens.push({ type: 'text', written: html.slice(from, at) });
    tokens.push(...found);
    from = end;
  }
  function takeEnclosed(): boolean {
    const [begin, ending, isText] = ENCLOSED.find(([begins]) => html.startsWith(begins, at)) ?? [];
    const inside = at + (begin?.length ?? 0);
    const end = ending && next(ending, inside);
    if (!end) return false;
    const text: HtmlToken = { type: 'text', written: html.slice(inside, end.index) };
    take(end.index + end[0].length, ...(isText ? [text] : []));
    return true;
  }
  function takeTag(): void {
    const [tag, token] = tagAt(html, at);
    const end = at + tag.length;
    const ending = token?.type === 'open' ? RAW.get(token.name) : undefined;
    const close = ending && next(ending, end);
    if (close) take(close.index + close[0].length);
    else if (tag) take(end, ...(token ? [token] : []));
  }

  for (; at >= 0; at = html.indexOf('<', Math.max(at + 1, from))) if (!takeEnclosed()) takeTag();
  if (from < html.length) tokens.push({ type: 'text', written: html.slice(from) });
  return tokens;
}

/** The tag at an offset and its token. A declaration has no token; both are empty if there is no tag. */
function tagAt(html: string, at: number): readonly [tag: string, token?: HtmlToken] {
  const [tag, slash, spelled = '', inside = ''] = matchAt(TAG, html, at) ?? [];
  if (tag === undefined) return [matchAt(DECLARATION, html, at)?.[0] ?? ''];
  const name = spelled.toLowerCase();
  if (slash) return [tag, { type: 'close', name }];
  const attributes = new Map<string, string>();
  for (const [, key = '', ...values] of inside.matchAll(ATTRIBUTE)) {
    const value = values.find((one) => one !== undefined);
    if (value === undefined && !BARE.test(key)) return [''];
    if (!attributes.has(key.toLowerCase())) attributes.set(key.toLowerCase(), decodeEntities(value ?? ''));
  }
  return [tag, { type: 'open', name, attributes, written: tag, isEmpty: /(?:^|[\s"'])\/$/u.test(inside) }];
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
