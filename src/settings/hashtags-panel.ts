import { MAX_PICK_LENGTH } from '../choices/words.ts';
import { hashtagKey } from '../note/hashtag.ts';
import { exampleOf, picksPanel } from './picks-panel.ts';
import { wrong } from './typed.ts';

/** So many of the most used ones. */
const MOST_SHOWN = 30;

export const hashtagsPanel = picksPanel({
  name: 'hashtags',
  async all(chosen, { archive }) {
    const used = await archive.hashtags('', MOST_SHOWN);
    return [...chosen.filter((one) => !used.includes(one)), ...used];
  },
  async meant(typed, { texts }) {
    const tag = hashtagKey(typed);
    if (!/^[\p{L}\p{M}\p{N}_-]+$/u.test(tag) || tag.length > MAX_PICK_LENGTH - 1)
      throw wrong(typed, texts, exampleOf('hashtags', texts));
    return tag;
  },
  titles: async (names) => names.map((name) => `#${name}`),
});
