/** What Telegram takes behind `?start=` (Telegram's pages for bots, "Deep Linking"): at most so many of `A–Z a–z 0–9 _ -`. */
const MAX_PAYLOAD = 64;
const POST = 'post_';
/** Digits of an event's id, in hex: fewer could be too many posts', more don't fit. */
const DIGITS = { least: 8, most: MAX_PAYLOAD - POST.length } as const;

/** A command and its options, as a button would bring them back. */
interface DeepLinkTarget {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
}

interface DeepLink {
  /** As docs/links.md shows it. */
  readonly example: string;
  readonly pattern: RegExp;
  /** `digits`: what the form has in brackets. */
  target(digits: string): DeepLinkTarget;
}

/** What a link to the bot may carry, and what it asks for. The only list of it. */
export const DEEP_LINKS: readonly DeepLink[] = [
  { example: 'subscribe', pattern: /^subscribe$/u, target: () => ({ command: 'subscribe', options: {} }) },
  { example: 'settings', pattern: /^settings$/u, target: () => ({ command: 'settings', options: {} }) },
  {
    example: `${POST}<id>`,
    pattern: new RegExp(`^${POST}([0-9a-f]{${DIGITS.least},${DIGITS.most}})$`, 'iu'),
    target: (digits) => ({ command: 'read', options: { note: digits.toLowerCase(), linked: 'yes' } }),
  },
];

/** What a link with that payload asks for; `undefined` where it is none of ours: then the link is as one without. */
export function resolveDeepLink(payload: string): DeepLinkTarget | undefined {
  const known = DEEP_LINKS.find(({ pattern }) => pattern.test(payload));
  return known?.target(known.pattern.exec(payload)?.[1] ?? '');
}

/** The payload of a link to one post, by the id of any of its versions. */
export const postPayload = (id: string): string => POST + id.slice(0, DIGITS.most);
