import type { NostrEvent } from '../../../src/note/note.ts';
import { authorNamed, type FakeAuthor } from '../../relay/fake-author.ts';
import { MEDIA_ROOT } from './draft.ts';

/** The invented people who write on Nostr in the demo. */
export interface Authors {
  readonly author: FakeAuthor;
  readonly friend: FakeAuthor;
  /** Their profiles (kind 0), dated `atS`. */
  profiles(atS: number): readonly NostrEvent[];
}

export function createAuthors(): Authors {
  const author = authorNamed('Mara Lindqvist');
  const friend = authorNamed('Jonas Vik');
  const profile = (of: FakeAuthor, about: string, site: string, portrait: string, createdAt: number) =>
    of.note(
      JSON.stringify({
        name: of.name.split(' ')[0]?.toLowerCase(),
        display_name: of.name,
        about,
        website: `https://${site}/`,
        picture: `${MEDIA_ROOT}${portrait}`,
      }),
      { kind: 0, createdAt },
    );
  return {
    author,
    friend,
    profiles: (atS) => [
      profile(
        author,
        'Letters from a harbour town, every morning before breakfast. Send me topics.',
        'lindqvist.example',
        'portrait.png',
        atS,
      ),
      profile(friend, 'Draws bridges.', 'bridges.example', 'portrait-friend.png', atS),
    ],
  };
}
