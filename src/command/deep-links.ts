/** Characters of `A–Z a–z 0–9 _ -` that Telegram allows in `?start=` (Telegram Bot Features, Deep Linking). */
const MAX_PAYLOAD = 64;
const POST = 'post_';
/** Hex digits of an event's id: fewer are ambiguous, more don't fit. */
const DIGITS = { least: 8, most: MAX_PAYLOAD - POST.length } as const;

/** A command and its options. */
interface DeepLinkTarget {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
}

interface DeepLink {
  /** As docs/links.md shows it. */
  readonly example: string;
  readonly pattern: RegExp;
  /** `digits`: the pattern's group. */
  target(digits: string): DeepLinkTarget;
}

/** Every payload that a link to the bot can carry, and what it opens. The only list. */
export const DEEP_LINKS: readonly DeepLink[] = [
  { example: 'subscribe', pattern: /^subscribe$/u, target: () => ({ command: 'subscribe', options: {} }) },
  { example: 'settings', pattern: /^settings$/u, target: () => ({ command: 'settings', options: {} }) },
  {
    example: `${POST}<id>`,
    pattern: new RegExp(`^${POST}([0-9a-f]{${DIGITS.least},${DIGITS.most}})$`, 'iu'),
    target: (digits) => ({ command: 'read', options: { note: digits.toLowerCase(), linked: 'yes' } }),
  },
];

/** What a payload opens; `undefined` for unknown ones, which are ignored. */
export function resolveDeepLink(payload: string): DeepLinkTarget | undefined {
  const known = DEEP_LINKS.find(({ pattern }) => pattern.test(payload));
  return known?.target(known.pattern.exec(payload)?.[1] ?? '');
}

/** The payload of a link to a post, by the id of any of its versions. */
export const postPayload = (id: string): string => POST + id.slice(0, DIGITS.most);
