import { isPlatformName, PLATFORMS } from '../../platform/platforms.ts';
import { plural } from './plural.ts';

/** The state of the program, for everybody. */
export const statusTexts = {
  heading: 'Status',
  allWell: 'Everything is working.',
  /** `part`: a platform's name, or one of these. */
  problem: (part: string, reason: string) =>
    ({
      store: "The archive isn't accessible.",
      relays: 'Not connected to any relay: new posts will be late.',
      'few-relays': 'Only one relay is connected: posts may be late.',
      'withholding-relays': "Some relays don't show me the posts – see below.",
    })[part] ?? (isPlatformName(part) ? `${PLATFORMS[part].displayName}: ${reason}.` : `Problem: ${part}.`),
  lost: (count: number) =>
    `${plural(count, 'post', 'posts')} from the last seven days couldn't be delivered. The log says where and why.`,
  lastPost: 'Last post',
  never: 'none yet',
  relays: (live: number, all: number) => `Connected to ${live} of ${plural(all, 'relay', 'relays')}`,
  relayProblem: (kind: string) =>
    ({
      unreachable: "can't be reached",
      lost: 'connection lost',
      silent: "isn't responding properly",
      'rate-limited': 'asks me to slow down',
      'needs-key': 'requires a registered key',
      'refuses-key': 'rejects my key',
      'refuses-us': 'refuses the connection',
      'refuses-filter': 'rejects my query',
      withholds: "doesn't show the author's posts, though other relays do",
      misbehaves: 'sent invalid data; paused for a while',
    })[kind] ?? 'something went wrong',
  relaySince: 'since ',
  relayFetching: (received: number) =>
    received === 0 ? 'connecting' : `syncing, ${plural(received, 'post', 'posts')} so far`,
  relaysMore: (count: number) => `and ${plural(count, 'more relay', 'more relays')}`,
  /** Before a time or an age (`2 hours ago`). */
  runningSince: { moment: 'Up since ', ago: 'Started ' },
  archive: (notes: number) => `${plural(notes, 'post', 'posts')} in the archive`,
  waiting: (count: number, destinations: number) => {
    const subscribed =
      destinations === 0
        ? 'No channels or chats subscribed yet'
        : `${plural(destinations, 'channel or chat', 'channels and chats')} subscribed`;
    return `${subscribed} · ${count === 0 ? 'queue empty' : `${plural(count, 'delivery', 'deliveries')} queued`}`;
  },
};
