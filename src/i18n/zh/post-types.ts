import type { Texts } from '../en/catalogue.ts';

/** Chinese nouns have no plural. */
const named = (name: string) => ({ one: name, many: name });

export const postTypes: Texts['postTypes'] = {
  missive: named('长文'),
  note: named('短文'),
  link: named('链接'),
  photo: named('照片'),
  video: named('视频'),
  reply: named('回复'),
  repost: named('转发'),
};
