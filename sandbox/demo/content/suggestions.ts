import type { Suggestion } from '../change.ts';
import type { PageWords } from '../page/words/en.ts';
import { dateInWords } from './archive.ts';
import { MEDIA_ROOT, prose } from './draft.ts';

/** The note that the demo publishes by itself. */
export const firstNote = (nowS: number): string =>
  `China Morning Missive – ${dateInWords(nowS)}\n\n${prose`
    Good morning from Lanwan (蓝湾). The lock is open, the ferry is full, and the harbour office has lent me a chair
    by the window for a week. I intend to count what goes out with the tide and to say so here.

    Today's first figure: 31 barges before breakfast. The second one: four of them carried nothing but flower pots,
    bound for the potters of Hudie. Somebody there is expecting a very good spring.

    Ask me anything about either. Send me topics; the odd ones first.
  `} #lanwan #harbour`;

/** The texts that the page offers to publish. */
export const suggestions = (nowS: number, { desk }: PageWords): readonly Suggestion[] => [
  {
    label: desk.suggestions.missive,
    text: `China Morning Missive – ${dateInWords(nowS)}\n\n${prose`
      The night train to Cloud Step (云阶) has a library now: one shelf, forty books, and a rule that you must leave the one
      you finish at the station where you finish it. After a month the shelf holds thirty-eight, none of them the same.

      The railway counts this as a loss of two. The passengers count it as thirty-eight recommendations. I have
      taken a novel about a lighthouse and I am reading slowly, so as not to arrive.

      Where should I leave it? Send me a station.
    `}`,
  },
  {
    label: desk.suggestions.photo,
    text: `GM. Two boats, one sun, no plans. #gm #dawn\n${MEDIA_ROOT}dawn-two-boats.png`,
  },
  {
    label: desk.suggestions.link,
    text: 'The seed library lends again\n\nJars out since Monday; the queue has its own tea stall.\n\nhttps://nine-bends.example/seed-library/spring #rice',
  },
  {
    label: desk.suggestions.video,
    text: `The lock from above. Turn the sound on for the gulls. #harbour\n${MEDIA_ROOT}film-gulls.mp4`,
  },
  {
    label: desk.suggestions.hostile,
    text: '@everyone <@everyone> Free barges! Click [here](https://barges.example/trap) **now** <b>or never</b>. (Nobody gets pinged, and nothing of this turns into markup.)',
  },
  {
    label: desk.suggestions.article,
    text: `# How to Count Barges\n\nStand where the rope is **dry**. Then:\n\n1. count the bows\n2. subtract the ferry\n3. ask *Auntie Pei*\n\n> A barge that you did not see still pays its fee.\n\nPublish it, then tap Edit below and change a word: both chats follow.`,
  },
];
