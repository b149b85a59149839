import type { Size } from '../browser/chromium.ts';
import type { Action, Platform } from './plan.ts';

/** A picture of the demo's page itself. */
export interface PageStop {
  readonly what: string;
  readonly size: Size;
  /** The pane to show on a narrow screen. */
  readonly pane: 'desk' | Platform;
  /** The chats to open first. */
  readonly chats?: Partial<Readonly<Record<Platform, number>>>;
  /** Actions to perform then, each in a chat app. */
  readonly actions: readonly (readonly [platform: Platform, deed: Action])[];
}

const WIDE = { width: 1440, height: 900 };
const MIDDLE = { width: 1024, height: 768 };
const PHONE = { width: 400, height: 800 };
const FORUM = 3;

const said = (line: string): Action => ({ does: 'say', line });
const published = (suggestion: number): Action => ({ does: 'publish', suggestion });
const clicked = (selector: string): Action => ({ does: 'click', selector });
const sheet = clicked('.suggestions [data-text]');

/** In this order, each after the actions of the previous ones. */
export const PAGE_STOPS: readonly PageStop[] = [
  { what: 'author', size: PHONE, pane: 'desk', actions: [] },
  { what: 'chat', size: MIDDLE, pane: 'discord', actions: [['discord', published(1)]] },
  {
    what: 'both chats',
    size: WIDE,
    pane: 'desk',
    actions: [
      ['telegram', published(2)],
      ['discord', said('/latest')],
    ],
  },
  { what: 'telegram', size: MIDDLE, pane: 'telegram', actions: [] },
  { what: 'forum', size: PHONE, pane: 'discord', chats: { discord: FORUM }, actions: [] },
  { what: 'group', size: PHONE, pane: 'telegram', chats: { telegram: 1 }, actions: [] },
  {
    what: 'messages',
    size: MIDDLE,
    pane: 'discord',
    chats: { discord: 0, telegram: 0 },
    actions: [
      ['discord', said('/suggest How do tides know when to turn?')],
      ['discord', said('/suggest Who paints the cranes?')],
      ['telegram', said('/suggest More about flower pots, please.')],
    ],
  },
  {
    what: 'tomorrow',
    size: PHONE,
    pane: 'desk',
    actions: [
      ['discord', clicked('[data-act="skip"]')],
      ['discord', sheet],
    ],
  },
  { what: 'wide', size: WIDE, pane: 'desk', actions: [] },
];
