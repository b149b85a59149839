import type { Texts } from '../src/i18n/texts.ts';
import { DEFAULT_POST_TYPES, POST_TYPES, type PostType } from '../src/note/post-types.ts';

/** Every post type, as exported settings write them. */
export const ALL_TYPES = POST_TYPES.join(', ');

/** What new subscriptions get, with these types added or left out. */
export const defaultTypes = ({ and = [], without = [] }: { and?: PostType[]; without?: PostType[] } = {}) =>
  POST_TYPES.filter(
    (type) => and.includes(type) || (DEFAULT_POST_TYPES.includes(type) && !without.includes(type)),
  ).join(', ');

/** What new subscriptions get, in a sentence. */
export const defaultPosts = ({ settings, postTypes }: Texts): string =>
  settings.list(DEFAULT_POST_TYPES.map((type) => postTypes[type].many));

/** What is answered to somebody who asks for a type that there isn't. */
export const unknownType = (given: string, { optionNames, postTypes, problem }: Texts): string =>
  problem.unknownValue(
    optionNames.type,
    given,
    problem.anyOf(POST_TYPES.map((type) => postTypes[type].one.toLowerCase())),
  );
