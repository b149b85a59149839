import type { CommandContext } from '../command/command.ts';
import { bidiIsolate } from '../i18n/bidi-isolate.ts';
import type { Texts } from '../i18n/texts.ts';
import { POST_TYPES } from '../note/post-types.ts';
import { formatTime } from '../preferences/field-format.ts';
import type { FilterTerms, Preferences, Schedule } from '../preferences/preferences.ts';
import { titlesOf } from './panels/series.ts';
import { weekdayName } from './parse-input.ts';
import { zoneName } from './time-zones/find-time-zone.ts';

/** What is delivered, when and how, in a few sentences. */
export async function summary(
  preferences: Preferences,
  { archive, texts }: Pick<CommandContext, 'archive' | 'texts'>,
): Promise<string> {
  const { schedule, timeZone, follow, mute, quietHours, silent } = preferences;
  const { settings } = texts;
  const named = async ({ hashtags, series }: FilterTerms): Promise<string> =>
    settings.list(
      [...hashtags.map((tag) => `#${tag}`), ...(await titlesOf(series, { archive }))].map(bidiIsolate),
    );
  const [followed, muted] = [await named(follow), await named(mute)];
  const [from, to] = [formatTime(quietHours?.from ?? 0), formatTime(quietHours?.to ?? 0)];
  return [
    settings.youGet(posts(preferences, texts), when(schedule, timeZone, texts)),
    followed && settings.following(followed),
    muted && settings.muted(muted),
    quietHours?.mode === 'hold' && settings.quietHold(from, to),
    quietHours?.mode === 'silence' && !silent && settings.quietSilent(from, to),
    silent && settings.alwaysSilent,
  ]
    .filter(Boolean)
    .join(texts.marks.gap);
}

function posts({ postTypes }: Preferences, { settings, postTypes: names }: Texts): string {
  if (postTypes.length === POST_TYPES.length) return settings.everything;
  if (postTypes.length === 0) return settings.nothing;
  return settings.list(POST_TYPES.filter((type) => postTypes.includes(type)).map((type) => names[type].many));
}

function when(schedule: Schedule, timeZone: string, texts: Texts): string {
  const { settings } = texts;
  const zone = zoneName(timeZone, texts);
  switch (schedule.kind) {
    case 'at-once':
      return settings.atOnce;
    case 'daily':
      return settings.daily(formatTime(schedule.at), zone);
    case 'weekly':
      return settings.weekly(weekdayName(schedule.on, texts), formatTime(schedule.at), zone);
  }
}
