import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../src/preferences/preferences.ts';
import type { EntryState } from '../../../src/store/rules/entry-filter.ts';
import { type InFlight, newInFlight } from '../../../src/store/rules/in-flight.ts';
import { afterDeferral, type NextStep, nextStep } from '../../../src/store/rules/next-step.ts';
import { note } from '../../contract/store-notes.fixture.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
const EIGHT = Date.parse('2026-03-02T08:00:00Z');
const DAILY: Partial<Preferences> = { schedule: { kind: 'daily', at: 8 * 60 } };
const NIGHT: Partial<Preferences> = { quietHours: { from: 0, to: 13 * 60, mode: 'hold' } };
const SILENT_NIGHT: Partial<Preferences> = { quietHours: { from: 0, to: 13 * 60, mode: 'silence' } };
const MUTED: Partial<Preferences> = { mute: { series: [], hashtags: ['ore'] } };

const POST: EntryState = {
  seq: 7,
  action: 'post',
  key: 'key',
  postType: 'note',
  currentId: 'id',
  isUndone: false,
};
const PHOTO: EntryState = { ...POST, postType: 'photo' };
const EDIT: EntryState = { seq: 7, action: 'replace', key: 'key', currentId: 'new', isUndone: false };
const begun = (seq: number, more: Partial<InFlight> = {}): InFlight => ({ ...newInFlight(seq), ...more });

const DELIVER: NextStep = { do: 'deliver' };
const SKIP_ALL: NextStep = { do: 'skip', together: true };

test.each<[string, EntryState, Partial<Preferences>, InFlight | undefined, NextStep]>([
  ['a wanted post is delivered', POST, {}, undefined, DELIVER],
  ['a post of another type is skipped with all others there', PHOTO, {}, undefined, SKIP_ALL],
  ['a muted post is skipped alone', POST, MUTED, undefined, { do: 'skip', together: false }],
  ['a muted post that has begun is delivered', POST, MUTED, begun(7), DELIVER],
  ['a deleted post is skipped', { ...POST, isUndone: true }, {}, undefined, SKIP_ALL],
  ['a deleted post that has begun is skipped', { ...POST, isUndone: true }, {}, begun(7), SKIP_ALL],
  ['unless it may have been sent', { ...POST, isUndone: true }, {}, begun(7, { part: 0 }), DELIVER],
  ['a post before a digest that has begun is left to it', POST, DAILY, begun(9), DELIVER],
  ['a post waits for its schedule', POST, DAILY, undefined, { do: 'defer', untilMs: EIGHT }],
  [
    'a post waits for the end of quiet hours',
    POST,
    NIGHT,
    undefined,
    { do: 'defer', untilMs: NOON + 3_600_000 },
  ],
  ['quiet hours without sound defer nothing', POST, SILENT_NIGHT, undefined, DELIVER],
  ['a post that has begun does not wait', POST, DAILY, begun(7), DELIVER],
  ['an edit never waits', EDIT, DAILY, undefined, DELIVER],
])('%s', (_, entry, preferences, inFlight, step) => {
  const facts = {
    entry,
    preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'] as const, timeZone: 'UTC', ...preferences },
    receipts: () => (entry.action === 'post' ? [] : [{ noteId: 'old' }]),
    note: () => note({ hashtags: ['ore'] }),
  };
  expect(nextStep(facts, inFlight, NOON)).toEqual(step);
});

test.each<[string, Partial<Preferences>, string]>([
  ['a schedule', DAILY, 'digest'],
  ['quiet hours', NIGHT, 'post by post'],
])('after %s', (_, preferences, how) => {
  expect(afterDeferral({ ...DEFAULT_PREFERENCES, ...preferences })).toBe(how);
});
