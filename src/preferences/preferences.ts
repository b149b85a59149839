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

/** When posts come: each at once, or all of a day or week in one digest at that time. */
export type Schedule =
  | { readonly kind: 'at-once' }
  | { readonly kind: 'daily'; readonly at: MinuteOfDay }
  | { readonly kind: 'weekly'; readonly at: MinuteOfDay; readonly on: Weekday };

/** Hours in which posts wait (`hold`) or come without a sound (`silence`); over midnight where `from` is after `to`. */
export interface QuietHours {
  readonly from: MinuteOfDay;
  readonly to: MinuteOfDay;
  readonly mode: 'hold' | 'silence';
}

/** An id of the platform's for some post types. */
export type IdsByType = Readonly<Partial<Record<PostType, string>>>;

/** What is to come to one destination, when, and how: all that its readers or managers choose. */
export interface Preferences {
  readonly postTypes: readonly PostType[];
  /** These come whatever their post type. */
  readonly follow: FilterTerms;
  /** These never come. */
  readonly mute: FilterTerms;
  readonly schedule: Schedule;
  readonly quiet?: QuietHours;
  /** Everything comes without a sound. */
  readonly silent: boolean;
  /** What the author marks as breaking news comes at once, also in quiet hours and between digests. */
  readonly breaking: boolean;
  /** IANA name. */
  readonly timeZone: string;
  /** Roles that are pinged by a post of that type, by their ids. Discord only. */
  readonly pings: IdsByType;
  /** Topics of the group that posts of that type go to, by their ids; others to the destination itself. Telegram only. */
  readonly topics: IdsByType;
  /** What is posted in an announcement channel goes out to the channels that follow it. Discord only. */
  readonly publish: boolean;
  /** A style (`platform/style-spec`); empty for the one that the operator chose. */
  readonly style: string;
  /** IETF tag of one of the catalogues; absent where nobody chose. */
  readonly language?: string;
  /**
   * What the platform last reported of the reader, or of the server; absent: English. Nobody chose it, so it holds only
   * where no language is chosen, and changes with what the platform reports.
   */
  readonly reportedLanguage?: string;
}

/** IETF tag of the language around the posts; absent: English. */
export const languageOf = ({
  language,
  reportedLanguage,
}: Pick<Preferences, 'language' | 'reportedLanguage'>): string | undefined => language ?? reportedLanguage;

const NO_TERMS: FilterTerms = { series: [], hashtags: [] };

/** What holds where nobody chose. */
export const DEFAULT_PREFERENCES: Preferences = {
  postTypes: DEFAULT_POST_TYPES,
  follow: NO_TERMS,
  mute: NO_TERMS,
  schedule: { kind: 'at-once' },
  silent: false,
  breaking: false,
  timeZone: 'Etc/UTC',
  pings: {},
  topics: {},
  publish: false,
  style: '',
};
