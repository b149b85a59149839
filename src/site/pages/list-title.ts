import { bidiIsolate } from '../../i18n/bidi-isolate.ts';
import type { Texts } from '../../i18n/texts.ts';
import { formatRange } from '../../note/dates/format-times.ts';
import type { ListSubject } from '../addresses.ts';

/** A list's title; `undefined` for the list of all posts, which has the author's name. */
export function listTitle(subject: ListSubject, texts: Texts, seriesTitle?: string): string | undefined {
  switch (subject.type) {
    case 'all':
      return undefined;
    case 'type':
      return capitalized(texts.postTypes[subject.name].many);
    case 'tag':
      return `#${bidiIsolate(subject.name)}`;
    case 'series':
      return seriesTitle ?? subject.name;
    case 'month':
      return formatRange({ name: subject.name, unit: 'month' }, texts);
  }
}

const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
