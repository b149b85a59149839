import type { Inline, Media, MediaKind } from './document.ts';
import { webUrl } from './parse/address.ts';
import { clean } from './parse/clean.ts';

/** What an address's ending says, where no tag says better. SVG is a program, not a picture. */
const ENDINGS: Readonly<Record<MediaKind, RegExp>> = {
  image: /\.(?:jpe?g|png|gif|webp|avif|heic|apng)$/iu,
  video: /\.(?:mp4|m4v|mov|webm|mkv|avi)$/iu,
  audio: /\.(?:mp3|m4a|aac|ogg|opus|wav|flac)$/iu,
};
const KINDS = Object.keys(ENDINGS) as MediaKind[];
const MAX_ALT = 1_000;

/** The media that an event's `imeta` tags describe (NIP-92, fields of NIP-94), in their order, each address once. */
export function describedMedia(tags: readonly (readonly string[])[]): readonly Media[] {
  const media = new Map<string, Media>();
  for (const tag of tags) {
    const item = tag[0] === 'imeta' ? fromFields(tag.slice(1)) : undefined;
    if (item && !media.has(item.url)) media.set(item.url, item);
  }
  return [...media.values()];
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
  const alt = clean(one('alt') ?? '')
    .slice(0, MAX_ALT)
    .trim();
  const poster = webUrl(one('image') ?? one('thumb') ?? '');
  return {
    kind,
    url,
    alternatives: all('fallback').flatMap((address) => webUrl(address) ?? []),
    ...(mime ? { mime } : {}),
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

/** The links of a run that are media taken out of it, with white space mended, and the media in their order. */
export function liftMedia(
  run: readonly Inline[],
  described: readonly Media[],
): { readonly run: readonly Inline[]; readonly media: readonly Media[] } {
  const media: Media[] = [];
  const rest: Inline[] = [];
  for (const inline of run) {
    const item = inline.type === 'link' ? mediaAt(inline.url, described) : undefined;
    if (!item) {
      rest.push(inline);
      continue;
    }
    if (!media.some(({ url }) => url === item.url)) media.push(item);
    // What stood on a line of its own leaves no empty line behind.
    const before = rest.at(-1);
    if (before?.type === 'text')
      rest[rest.length - 1] = { type: 'text', text: before.text.replace(/[^\S\n]+$/u, '') };
  }
  return { run: rest, media };
}

function mediaAt(url: string, described: readonly Media[]): Media | undefined {
  const known = described.find((item) => item.url === url);
  const kind = known?.kind ?? kindByEnding(url);
  return known ?? (kind ? { kind, url, alternatives: [] } : undefined);
}
