import { describe, expect, test } from 'vitest';
import type { PostType } from '../../../src/note/post-types.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../src/preferences/preferences.ts';
import {
  type EntryFacts,
  type EntryState,
  type EntryVerdict,
  hasPriority,
  judgeEntry,
} from '../../../src/store/rules/entry-filter.ts';
import { note } from '../../contract/store-notes.fixture.ts';

interface Case {
  readonly action?: EntryState['action'];
  readonly postType?: PostType;
  readonly isUndone?: boolean;
  readonly hasBegun?: boolean;
  readonly preferences?: Partial<Preferences>;
  readonly hashtags?: readonly string[];
  /** Versions shown at the destination, one per part. The newest version is "new". */
  readonly shown?: readonly string[];
}

function facts({ action = 'post', postType = 'note', hashtags = [], shown = [], ...more }: Case): EntryFacts {
  return {
    entry: {
      seq: 7,
      action,
      key: 'key',
      currentId: 'new',
      isUndone: more.isUndone ?? false,
      ...(action === 'post' && { postType }),
    },
    preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'], ...more.preferences },
    hasBegun: more.hasBegun ?? false,
    receipts: () => shown.map((noteId) => ({ noteId })),
    note: () => note({ postType, hashtags }),
  };
}

const ORE = { series: [], hashtags: ['ore'] };

describe('whether an entry is wanted', () => {
  test.each<[string, Case, EntryVerdict]>([
    ['a post of a wanted type', {}, 'wanted'],
    ['a post of another type', { postType: 'photo' }, 'excluded'],
    ['a deleted post', { isUndone: true }, 'excluded'],
    ['a muted post', { preferences: { mute: ORE }, hashtags: ['ore'] }, 'filtered'],
    ['a post that is not muted', { preferences: { mute: ORE } }, 'wanted'],
    ['a followed post', { preferences: { follow: ORE }, postType: 'photo', hashtags: ['ore'] }, 'wanted'],
    ['a post that is not followed', { preferences: { follow: ORE }, postType: 'photo' }, 'filtered'],
    ['an edit of what was never delivered', { action: 'replace' }, 'excluded'],
    ['an edit of an older version', { action: 'replace', shown: ['old'] }, 'wanted'],
    ['an edit of the newest version', { action: 'replace', shown: ['new', 'new'] }, 'excluded'],
    ['an edit that is half done', { action: 'replace', shown: ['new', 'old'] }, 'wanted'],
    ['an edit that has begun', { action: 'replace', shown: ['new'], hasBegun: true }, 'wanted'],
    ['an edit that was undone', { action: 'replace', shown: ['old'], isUndone: true }, 'excluded'],
    ['a delete of what was never delivered', { action: 'delete', isUndone: true }, 'excluded'],
    ['a delete of what was delivered', { action: 'delete', isUndone: true, shown: ['old'] }, 'wanted'],
  ])('%s', (_, given, verdict) => {
    expect(judgeEntry(facts(given))).toBe(verdict);
  });
});

describe('whether a deferred destination gets an entry', () => {
  const breaking = { breaking: true };
  test.each<[string, Case, boolean]>([
    ['a post', { preferences: breaking }, true],
    ['a post without breaking news', { preferences: { breaking: false } }, false],
    ['a post of another type', { preferences: breaking, postType: 'photo' }, false],
    ['a muted post', { preferences: { ...breaking, mute: ORE }, hashtags: ['ore'] }, false],
    ['a deleted post', { preferences: breaking, isUndone: true }, false],
    ['a post that was delivered', { preferences: breaking, shown: ['new'] }, false],
    ['an edit of an older version', { action: 'replace', shown: ['old'] }, true],
    ['an edit of the newest version', { action: 'replace', shown: ['new'] }, false],
    ['a delete', { action: 'delete', isUndone: true, shown: ['old'] }, true],
  ])('%s', (_, given, gets) => {
    expect(hasPriority(facts(given))).toBe(gets);
  });
});
