import { truncateText } from '../../lib/truncate-text.ts';
import type { Inline, Media, MediaKind } from '../document.ts';
import { normalizeText } from '../parse/normalize.ts';
import { redactSecrets } from '../parse/secrets.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { closeGap } from './close-gap.ts';

/** Media kinds by file extension, if no tag says better. SVG is a program rather than a picture. */
const ENDINGS: Readonly<Record<MediaKind, RegExp>> = {
  image: /\.(?:jpe?g|png|gif|webp|avif|heic|apng)$/iu,
  video: /\.(?:mp4|m4v|mov|webm|mkv|avi)$/iu,
  audio: /\.(?:mp3|m4a|aac|ogg|opus|wav|flac)$/iu,
};
const KINDS = Object.keys(ENDINGS) as MediaKind[];
const MAX_ALT = 1_000;
/** Each may cost a failed request before the medium is given up. */
export const MAX_ALTERNATIVES = 8;

/** The media described by an event's `imeta` tags (NIP-92, fields of NIP-94), in order, each URL once. */
export function imetaMedia(tags: readonly (readonly string[])[]): readonly Media[] {
  const media = new Map<string, Media>();
  for (const tag of tags) {
    const item = tag[0] === 'imeta' ? fromFields(tag.slice(1)) : undefined;
    if (item && !media.has(item.url)) media.set(item.url, item);
  }
  return [...media.values()];
}

/** URLs in `imeta` tags that can't be attached, mostly streams. */
export function imetaPages(tags: readonly (readonly string[])[]): readonly string[] {
  const urls = tags
    .filter(([name, ...entries]) => name === 'imeta' && !fromFields(entries))
    .flatMap((tag) => parseWebUrl(tag.find((entry) => entry.startsWith('url '))?.slice(4) ?? '') ?? []);
  return [...new Set(urls)];
}

function fromFields(entries: readonly string[]): Media | undefined {
  const fields = entries.map(
    (entry) => [entry.split(' ', 1)[0] ?? '', entry.slice(entry.indexOf(' ') + 1).trim()] as const,
  );
  const all = (name: string) => fields.filter(([key]) => key === name).map(([, value]) => value);
  const one = (name: string): string | undefined => all(name)[0];
  const url = parseWebUrl(one('url') ?? '');
  const mime = mimeOf(one('m') ?? '');
  const kind = url
    ? (KINDS.find((name) => (mime ?? one('m')?.toLowerCase())?.split('/', 1)[0] === name) ??
      mediaKindByExtension(url))
    : undefined;
  if (!url || !kind || mime === 'image/svg+xml') return undefined;
  const [width, height] = sizeIn(one('dim') ?? '');
  const durationS = Number.parseFloat(one('duration') ?? '');
  const alt = truncateText(redactSecrets(normalizeText(one('alt') ?? '')).trim(), MAX_ALT);
  const sha256 = /^[0-9a-f]{64}$/u.exec(one('x')?.toLowerCase() ?? '')?.[0];
  const poster = parseWebUrl(one('image') ?? one('thumb') ?? '');
  return {
    kind,
    url,
    alternatives: all('fallback')
      .flatMap((address) => parseWebUrl(address) ?? [])
      .slice(0, MAX_ALTERNATIVES),
    ...(mime ? { mime } : {}),
    ...(sha256 ? { sha256 } : {}),
    ...(alt ? { alt } : {}),
    ...(width && height ? { width, height } : {}),
    ...(durationS > 0 ? { durationS } : {}),
    ...(kind === 'video' && poster ? { poster } : {}),
  };
}

/** A media type. Some clients write a file extension instead (`jpeg`, `.mp4`), or add parameters. */
function mimeOf(written: string): string | undefined {
  const type = written.toLowerCase().split(';', 1)[0]?.trim().replace(/^\./u, '');
  if (!type || type.includes('/')) return type || undefined;
  if (type === 'svg') return 'image/svg+xml';
  const kind = KINDS.find((name) => ENDINGS[name].test(`.${type}`));
  return kind && `${kind}/${type.replace(/^jpg$/u, 'jpeg')}`;
}

/** Width and height in whole pixels, if both are known; some clients write fractions. */
function sizeIn(written: string): readonly number[] {
  const [, ...sides] =
    /^\s*(\d{1,5}(?:\.\d{1,20})?)\s*[x×*]\s*(\d{1,5}(?:\.\d{1,20})?)\s*$/iu.exec(written) ?? [];
  return sides.map((side) => Math.round(Number(side)));
}

/** The media kind by file extension; `undefined` for a page. */
export function mediaKindByExtension(url: string): MediaKind | undefined {
  const { pathname } = new URL(url);
  return KINDS.find((kind) => ENDINGS[kind].test(pathname));
}

/**
 * Takes media links out of a run, closing the gaps, and returns both; media in order, each URL once. Markdown's
 * description of a picture is used if no tag describes it.
 */
export function extractMedia(
  run: readonly Inline[],
  described: readonly Media[],
): { readonly run: readonly Inline[]; readonly media: readonly Media[] } {
  const known = new Map(described.map((item) => [item.url, item]));
  const media = run.map((inline) => (inline.type === 'link' ? mediaAt(inline.url, known) : undefined));
  const found = new Map<string, Media>();
  const rest: Inline[] = [];
  let at = 0;
  while (at < run.length) {
    const inline = run[at];
    const item = media[at];
    if (inline && !item) rest.push(inline);
    if (item) {
      const before = plainText(rest.at(-1));
      const after = plainText(run[at + 1]);
      if (before) rest.pop();
      const next = after ? at + 2 : at + 1;
      const { words, alt } = closeGap({
        before,
        after,
        first: rest.length === 0,
        last: next >= run.length,
        between: media[at + 2] !== undefined,
      });
      if (words) rest.push({ type: 'text', text: words });
      if (after) at += 1;
      found.set(item.url, { ...(alt ? { alt } : {}), ...(found.get(item.url) ?? item) });
    }
    at += 1;
  }
  return { run: withoutEmptyLabels(rest), media: [...found.values()] };
}

const plainText = (inline: Inline | undefined): string =>
  inline?.type === 'text' && !inline.placeholder ? inline.text : '';

/**
 * A Markdown link with an empty label, or with a picture as its label that was taken out (`[![](picture)](page)`),
 * becomes a plain link.
 */
function withoutEmptyLabels(run: readonly Inline[]): readonly Inline[] {
  const opened = (index: number): number => {
    const isTarget = run[index]?.type === 'link' || run[index]?.type === 'mention';
    if (!isTarget || !plainText(run[index + 1]).startsWith(')')) return 0;
    return EMPTY_LABEL.exec(plainText(run[index - 1]).slice(-4))?.[0].length ?? 0;
  };
  return run
    .map((inline, index): Inline => {
      if (inline.type !== 'text' || inline.placeholder) return inline;
      const from = opened(index - 1) > 0 ? 1 : 0;
      const end = inline.text.length - opened(index + 1);
      return from === 0 && end === inline.text.length
        ? inline
        : { ...inline, text: inline.text.slice(from, end) };
    })
    .filter((inline) => inline.type !== 'text' || inline.text !== '');
}

const EMPTY_LABEL = /!?\[\]\($/u;

function mediaAt(url: string, described: ReadonlyMap<string, Media>): Media | undefined {
  const known = described.get(url);
  if (known) return known;
  const kind = mediaKindByExtension(url);
  return kind && { kind, url, alternatives: [] };
}
