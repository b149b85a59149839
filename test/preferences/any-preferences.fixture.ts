import fc from 'fast-check';
import { POST_TYPES } from '../../src/note/post-types.ts';
import { seriesKey } from '../../src/note/series.ts';
import { MAX_TERM_LENGTH } from '../../src/preferences/field-format.ts';
import {
  DEFAULT_PREFERENCES,
  type FilterTerms,
  type Preferences,
} from '../../src/preferences/preferences.ts';

const minutes = fc.integer({ min: 0, max: 1_439 });
const terms: fc.Arbitrary<FilterTerms> = fc.record({
  hashtags: fc.uniqueArray(fc.stringMatching(/^[a-z0-9锂_-]{1,20}$/u), { maxLength: 3 }),
  series: fc.uniqueArray(
    fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
      .map(seriesKey)
      .filter(
        (name) => name !== '' && seriesKey(name) === name && JSON.stringify(name).length <= MAX_TERM_LENGTH,
      ),
    { maxLength: 3 },
  ),
});
const ids = fc.dictionary(fc.constantFrom(...POST_TYPES), fc.stringMatching(/^[1-9]\d{0,18}$/u), {
  noNullPrototype: true,
});
/** Whatever somebody may choose. */
export const anyPreferences: fc.Arbitrary<Preferences> = fc.record(
  {
    postTypes: fc.subarray([...POST_TYPES]),
    follow: terms,
    mute: terms,
    schedule: fc.oneof(
      fc.constant({ kind: 'at-once' } as const),
      fc.record({ kind: fc.constant('daily' as const), at: minutes }),
      fc.record({
        kind: fc.constant('weekly' as const),
        at: minutes,
        on: fc.constantFrom(1, 2, 3, 4, 5, 6, 7),
      }),
    ),
    quietHours: fc
      .record({ from: minutes, to: minutes, mode: fc.constantFrom('hold' as const, 'silence' as const) })
      .filter(({ from, to }) => from !== to),
    silent: fc.boolean(),
    breaking: fc.boolean(),
    timeZone: fc.constantFrom('Etc/UTC', 'America/St_Johns'),
    mentionRoles: ids,
    topics: ids,
    publish: fc.boolean(),
    style: fc.constantFrom('', 'card', '/cut', 'embed/summary'),
    language: fc.constantFrom('en', 'zh', 'zh-Hans', 'fr'),
    reportedLanguage: fc.constantFrom('zh', 'en'),
  },
  {
    requiredKeys: Object.keys(DEFAULT_PREFERENCES) as Exclude<
      keyof Preferences,
      'language' | 'reportedLanguage' | 'quietHours'
    >[],
  },
);
