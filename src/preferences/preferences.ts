import { DEFAULT_POST_TYPES, type PostType } from '../note/post-types.ts';

/** Series (`Note.series`), and hashtags as `hashtagKey` makes them. */
export interface FilterTerms {
  readonly series: readonly string[];
  readonly hashtags: readonly string[];
}

/** A time of day, in minutes since midnight, 0 to 1439. */
export type MinuteOfDay = number;

/** From Monday, 1, to Sunday, 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** When posts are delivered: each at once, or all of a day or week in one digest at that time. */
export type Schedule =
  | { readonly kind: 'at-once' }
  | { readonly kind: 'daily'; readonly at: MinuteOfDay }
  | { readonly kind: 'weekly'; readonly at: MinuteOfDay; readonly on: Weekday };

/** What happens to posts in quiet hours: they wait, or make no sound. */
export const QUIET_MODES = ['hold', 'silence'] as const;

/** Hours in which posts wait (`hold`) or make no sound (`silence`); across midnight if `from` is after `to`. */
export interface QuietHours {
  readonly from: MinuteOfDay;
  readonly to: MinuteOfDay;
  readonly mode: (typeof QUIET_MODES)[number];
}

/** Platform ids by post type. */
export type IdsByType = Readonly<Partial<Record<PostType, string>>>;

/** What one destination gets, when and how: everything that its readers or managers can set. */
export interface Preferences {
  readonly postTypes: readonly PostType[];
  /** Delivered whatever their post type. */
  readonly follow: FilterTerms;
  /** Never delivered. */
  readonly mute: FilterTerms;
  readonly schedule: Schedule;
  readonly quietHours?: QuietHours;
  /** Messages make no sound. */
  readonly silent: boolean;
  /** What the author marks as breaking news is delivered at once, even in quiet hours and between digests. */
  readonly breaking: boolean;
  /** IANA name. */
  readonly timeZone: string;
  /** Ids of the roles that posts of a type ping. Discord only. */
  readonly mentionRoles: IdsByType;
  /** Ids of the group's topics that posts of a type go to; others go to the destination itself. Telegram only. */
  readonly topics: IdsByType;
  /** Posts in an announcement channel are published to the channels that follow it. Discord only. */
  readonly publish: boolean;
  /** A style (`platform/style-spec`); empty for the operator's default. */
  readonly style: string;
  /** IETF tag of a language of the bot; absent if nobody chose one. */
  readonly language?: string;
  /**
   * The language that the platform last reported for the user or the server; absent: English. Used only while no language
   * is chosen, and updated when the platform reports another one.
   */
  readonly reportedLanguage?: string;
}

/** IETF tag of the language of everything but the posts; absent: English. */
export const languageOf = ({
  language,
  reportedLanguage,
}: Pick<Preferences, 'language' | 'reportedLanguage'>): string | undefined => language ?? reportedLanguage;

const NO_TERMS: FilterTerms = { series: [], hashtags: [] };

/** The settings of a destination that nobody changed. */
export const DEFAULT_PREFERENCES: Preferences = {
  postTypes: DEFAULT_POST_TYPES,
  follow: NO_TERMS,
  mute: NO_TERMS,
  schedule: { kind: 'at-once' },
  silent: false,
  breaking: false,
  timeZone: 'Etc/UTC',
  mentionRoles: {},
  topics: {},
  publish: false,
  style: '',
};
