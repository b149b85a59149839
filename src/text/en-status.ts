import { plural } from './plural.ts';

/** How the program is doing, for everybody. */
export const statusTexts = {
  heading: 'How things are',
  allWell: 'All is well.',
  trouble: (part: string, reason: string) =>
    ({
      store: 'The archive can’t be read or written.',
      relays: 'No relay is connected: new posts will come later.',
      'few-relays': 'Only one relay is connected: posts may come late.',
      'withholding-relays': 'Not every relay shows me the posts: see below.',
      discord: `Discord: ${reason}.`,
      telegram: `Telegram: ${reason}.`,
    })[part] ?? `Something is wrong: ${part}.`,
  lastPost: 'Last post',
  never: 'none yet',
  relays: (live: number, all: number) => `Connected to ${live} of ${plural(all, 'relay', 'relays')}`,
  relayTrouble: (kind: string) =>
    ({
      unreachable: 'can’t be reached',
      lost: 'the connection was lost',
      silent: 'does not answer as it should',
      'rate-limited': 'asks me to slow down',
      'needs-key': 'shows posts only to those whose key it knows',
      'refuses-key': 'does not accept my key',
      'refuses-us': 'turns me away',
      'refuses-filter': 'does not understand what I ask for',
      withholds: 'shows nothing of the author, though others do',
      misbehaves: 'sends what makes no sense, so I leave it alone for a while',
    })[kind] ?? 'something went wrong',
  relaySince: ', since ',
  relayFetching: (received: number) =>
    received === 0 ? 'connecting' : `sending what it has, ${received} so far`,
  relaysMore: (count: number) => `and ${plural(count, 'more relay', 'more relays')}`,
  runningSince: 'Running since',
  archive: (notes: number) => `${plural(notes, 'post', 'posts')} in the archive`,
  waiting: (count: number, destinations: number) =>
    count === 0
      ? `Nothing is waiting; ${plural(destinations, 'place gets', 'places get')} new posts`
      : `${plural(count, 'delivery is', 'deliveries are')} waiting; ${plural(destinations, 'place gets', 'places get')} new posts`,
};
