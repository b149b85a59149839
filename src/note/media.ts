import type { Inline, Media, MediaKind } from './document.ts';
import { webUrl } from './parse/address.ts';
import { clean } from './parse/clean.ts';
import { withoutSecrets } from './parse/secrets.ts';

/** What an address's ending says, where no tag says better. SVG is a program, not a picture. */
const ENDINGS: Readonly<Record<MediaKind, RegExp>> = {
  image: /\.(?:jpe?g|png|gif|webp|avif|heic|apng)$/iu,
  video: /\.(?:mp4|m4v|mov|webm|mkv|avi)$/iu,
  audio: /\.(?:mp3|m4a|aac|ogg|opus|wav|flac)$/iu,
};
const KINDS = Object.keys(ENDINGS) as MediaKind[];
const MAX_ALT = 1_000;
/** Each may be asked for in vain before a medium is given up. */
export const MAX_ALTERNATIVES = 8;

/** The media that an event's `imeta` tags describe (NIP-92, fields of NIP-94), in their order, each address once. */
export function describedMedia(tags: readonly (readonly string[])[]): readonly Media[] {
  const media = new Map<string, Media>();
  for (const tag of tags) {
    const item = tag[0] === 'imeta' ? fromFields(tag.slice(1)) : undefined;
    if (item && !media.has(item.url)) media.set(item.url, item);
  }
  return [...media.values()];
}

/** Addresses in `imeta` tags that are none of the media that can be attached: streams, mostly. */
export function describedPages(tags: readonly (readonly string[])[]): readonly string[] {
  const urls = tags
    .filter(([name, ...entries]) => name === 'imeta' && !fromFields(entries))
    .flatMap((tag) => webUrl(tag.find((entry) => entry.startsWith('url '))?.slice(4) ?? '') ?? []);
  return [...new Set(urls)];
}

function fromFields(entries: readonly string[]): Media | undefined {
  const fields = entries.map(
    (entry) => [entry.split(' ', 1)[0] ?? '', entry.slice(entry.indexOf(' ') + 1).trim()] as const,
  );
  const all = (name: string) => fields.filter(([key]) => key === name).map(([, value]) => value);
  const one = (name: string): string | undefined => all(name)[0];
  const url = webUrl(one('url') ?? '');
  const mime = one('m')?.toLowerCase();
  const kind = url ? (KINDS.find((name) => mime?.startsWith(`${name}/`)) ?? kindByEnding(url)) : undefined;
  if (!url || !kind || mime === 'image/svg+xml') return undefined;
  const [width, height] =
    /^(\d{1,5})x(\d{1,5})$/u
      .exec(one('dim') ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  const durationS = Number.parseFloat(one('duration') ?? '');
  const alt = withoutSecrets(clean(one('alt') ?? ''))
    .slice(0, MAX_ALT)
    .trim();
  const sha256 = /^[0-9a-f]{64}$/u.exec(one('x')?.toLowerCase() ?? '')?.[0];
  const poster = webUrl(one('image') ?? one('thumb') ?? '');
  return {
    kind,
    url,
    alternatives: all('fallback')
      .flatMap((address) => webUrl(address) ?? [])
      .slice(0, MAX_ALTERNATIVES),
    ...(mime ? { mime } : {}),
    ...(sha256 ? { sha256 } : {}),
    ...(alt ? { alt } : {}),
    ...(width && height ? { width, height } : {}),
    ...(durationS > 0 ? { durationS } : {}),
    ...(kind === 'video' && poster ? { poster } : {}),
  };
}

/** What kind of media an address is by its ending; `undefined` for a page. */
export function kindByEnding(url: string): MediaKind | undefined {
  const { pathname } = new URL(url);
  return KINDS.find((kind) => ENDINGS[kind].test(pathname));
}

/** The links of a run that are media taken out of it, the words closed up around them, and the media in their order. */
export function liftMedia(
  run: readonly Inline[],
  described: readonly Media[],
): { readonly run: readonly Inline[]; readonly media: readonly Media[] } {
  const known = new Map(described.map((item) => [item.url, item]));
  const media = run.map((inline) => (inline.type === 'link' ? mediaAt(inline.url, known) : undefined));
  const rest: Inline[] = [];
  let at = 0;
  while (at < run.length) {
    const inline = run[at];
    if (inline && !media[at]) rest.push(inline);
    else {
      const last = rest.at(-1);
      const next = run[at + 1];
      const before = last?.type === 'text' ? last.text : '';
      const after = next?.type === 'text' ? next.text : '';
      if (before) rest.pop();
      const words = closedUp(before, after, {
        first: rest.length === 0,
        between: media[at + 2] !== undefined,
      });
      if (words) rest.push({ type: 'text', text: words });
      if (after) at += 1;
    }
    at += 1;
  }
  const found = media.filter((item) => item !== undefined);
  // Each address once, at its first place: `Map` keeps that order.
  return { run: rest, media: [...new Map(found.map((item) => [item.url, item])).values()] };
}

const BRACKETS: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '<': '>',
  '（': '）',
  '【': '】',
  '“': '”',
};
const ENDS_SENTENCE = /^[.,;:。，、；：]+(?=\s|$)/u;
const SEPARATES = /^[\s,;，、；·•|/-]+$/u;

/** What stood on both sides of a medium, as if it had never stood there. `between`: another medium follows. */
function closedUp(
  before: string,
  after: string,
  place: { readonly first: boolean; readonly between: boolean },
): string {
  const words = withoutBlanksAtEnd(before);
  const closer = BRACKETS[words.at(-1) ?? ''];
  if (closer !== undefined && after.startsWith(closer))
    return closedUp(words.slice(0, -1), after.slice(1), place);
  if (place.between && SEPARATES.test(after)) return words + after.replace(/[^\n]/gu, '');
  const ownLine = words.endsWith('\n') || (words === '' && place.first);
  if (!ownLine) return words + after;
  // A line of its own leaves no empty line behind, nor the full stop after it.
  return words + after.replace(ENDS_SENTENCE, '').replace(/^[^\S\n]*\n?/u, '');
}

/** Looks at the blanks only: what is before them may be long, and is asked about for each medium of a text. */
function withoutBlanksAtEnd(text: string): string {
  let end = text.length;
  while (/[^\S\n]/u.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function mediaAt(url: string, described: ReadonlyMap<string, Media>): Media | undefined {
  const known = described.get(url);
  if (known) return known;
  const kind = kindByEnding(url);
  return kind && { kind, url, alternatives: [] };
}
