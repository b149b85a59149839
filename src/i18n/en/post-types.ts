import type { PostType } from '../../note/post-types.ts';

interface PostTypeNames {
  /** As a label. */
  readonly one: string;
  /** As it stands in a sentence. */
  readonly many: string;
}

/** The post types by name. A type without one is a type error. */
export const postTypes: Readonly<Record<PostType, PostTypeNames>> = {
  missive: { one: 'Missive', many: 'missives' },
  note: { one: 'Note', many: 'notes' },
  link: { one: 'Link', many: 'links' },
  photo: { one: 'Photo', many: 'photos' },
  video: { one: 'Video', many: 'videos' },
  reply: { one: 'Reply', many: 'replies' },
  repost: { one: 'Repost', many: 'reposts' },
};
