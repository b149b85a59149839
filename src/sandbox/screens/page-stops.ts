import type { Size } from '../browser/chromium.ts';
import type { Deed, Platform } from './plan.ts';

/** A picture of the demo's page itself. */
export interface PageStop {
  readonly what: string;
  readonly size: Size;
  /** What is to be seen there where there is no room for all. */
  readonly pane: 'desk' | Platform;
  /** The chats that are opened first. */
  readonly chats?: Partial<Readonly<Record<Platform, number>>>;
  /** Done then, each in a chat program. */
  readonly deeds: readonly (readonly [platform: Platform, deed: Deed])[];
}

const WIDE = { width: 1440, height: 900 };
const MIDDLE = { width: 1024, height: 768 };
const PHONE = { width: 400, height: 800 };
const FORUM = 3;

const said = (line: string): Deed => ({ does: 'say', line });
const published = (suggestion: number): Deed => ({ does: 'publish', suggestion });
const clicked = (selector: string): Deed => ({ does: 'click', selector });
const sheet = clicked('.suggestions [data-text]');

/** In this order, each after the deeds of those before. */
export const PAGE_STOPS: readonly PageStop[] = [
  { what: 'author', size: PHONE, pane: 'desk', deeds: [] },
  { what: 'chat', size: MIDDLE, pane: 'discord', deeds: [['discord', published(1)]] },
  {
    what: 'both chats',
    size: WIDE,
    pane: 'desk',
    deeds: [
      ['telegram', published(2)],
      ['discord', said('/latest')],
    ],
  },
  { what: 'telegram', size: MIDDLE, pane: 'telegram', deeds: [] },
  { what: 'forum', size: PHONE, pane: 'discord', chats: { discord: FORUM }, deeds: [] },
  { what: 'group', size: PHONE, pane: 'telegram', chats: { telegram: 1 }, deeds: [] },
  {
    what: 'messages',
    size: MIDDLE,
    pane: 'discord',
    chats: { discord: 0, telegram: 0 },
    deeds: [
      ['discord', said('/suggest How do tides know when to turn?')],
      ['discord', said('/suggest Who paints the cranes?')],
      ['telegram', said('/suggest More about flower pots, please.')],
    ],
  },
  {
    what: 'tomorrow',
    size: PHONE,
    pane: 'desk',
    deeds: [
      ['discord', clicked('[data-act="skip"]')],
      ['discord', sheet],
    ],
  },
  { what: 'wide', size: WIDE, pane: 'desk', deeds: [] },
];
