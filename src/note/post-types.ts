/** Language-independent traits of a post type. */
interface PostTypeTraits {
  readonly icon: string;
  /** Whether new subscriptions get it: the author's own posts, but not replies, which are half a conversation. */
  readonly isDefault: boolean;
}

/** The types that readers can choose, in display order. Every other list of types is derived from this table. */
const TRAITS = {
  missive: { icon: '📜', isDefault: true },
  note: { icon: '💬', isDefault: true },
  link: { icon: '🔗', isDefault: true },
  photo: { icon: '📷', isDefault: true },
  video: { icon: '🎬', isDefault: true },
  reply: { icon: '↩️', isDefault: false },
  repost: { icon: '🔁', isDefault: false },
} as const satisfies Readonly<Record<string, PostTypeTraits>>;

export type PostType = keyof typeof TRAITS;
export const POST_TYPES = Object.keys(TRAITS) as readonly PostType[];
/** The types that a destination gets by default. */
export const DEFAULT_POST_TYPES: readonly PostType[] = POST_TYPES.filter((type) => TRAITS[type].isDefault);

export const iconOf = (type: PostType): string => TRAITS[type].icon;
