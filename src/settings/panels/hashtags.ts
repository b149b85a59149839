import { hashtagKey } from '../../note/hashtag.ts';
import { MAX_TERM_LENGTH } from '../../preferences/field-format.ts';
import { invalidInput } from '../parse-input.ts';
import { exampleOf, filterPanel } from './filter.ts';

/** How many of the most used hashtags are offered. */
const MAX_SHOWN = 30;

export const hashtagsPanel = filterPanel({
  name: 'hashtags',
  async all(chosen, { archive }) {
    const used = (await archive.hashtags('', MAX_SHOWN)).map(({ tag }) => tag);
    return [...chosen.filter((one) => !used.includes(one)), ...used];
  },
  async resolve(typed, { texts }) {
    const tag = hashtagKey(typed);
    if (!/^[\p{L}\p{M}\p{N}_-]+$/u.test(tag) || tag.length > MAX_TERM_LENGTH - 1)
      throw invalidInput(typed, texts, exampleOf('hashtags', texts));
    return tag;
  },
  titles: async (names) => names.map((name) => `#${name}`),
});
