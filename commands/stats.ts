import { barChart } from '../src/charts/bar-chart.ts';
import { IMAGE, LIGHT } from '../src/charts/chart.ts';
import { PICTURE_FONT } from '../src/charts/png.ts';
import { type CommandContext, defineCommand } from '../src/command/command.ts';
import { type PostActivity, postActivity, QUARTER_HOUR_S } from '../src/command/views/post-activity.ts';
import { seriesTitles } from '../src/command/views/series-titles.ts';
import { formatTime } from '../src/note/dates/format-times.ts';
import { type Block, buttons, callback, heading, text } from '../src/note/document.ts';
import { PLATFORM_NAMES } from '../src/platform/platforms.ts';

/** Charts, by what a bar represents. */
const CHARTS = ['months', 'hours'] as const;
const MONTHS = 24;
const HASHTAGS = 5;

/** Statistics about the author's posts, with a chart. */
export const stats = defineCommand({
  name: 'stats',
  answerTo: 'user',
  for: 'readers',
  category: 'knowing',
  options: { chart: { type: 'choice', choices: CHARTS } },
  async run({ chart = 'months' }, context) {
    const { texts } = context;
    const activity = await recentActivity(context);
    const switches = CHARTS.map((name) => ({
      label: texts.stats.charts[name],
      callback: callback('stats', { chart: name }),
      responseMode: 'replace' as const,
      isOn: name === chart,
    }));
    return [
      heading(3, text(texts.stats.heading)),
      { type: 'list', items: (await summaryLines(activity, context)).map((line) => [text(line)]) },
      ...(await picture(chart, activity, context)),
      buttons(switches),
    ];
  },
});

async function recentActivity({ archive, timeZone, now }: CommandContext): Promise<PostActivity> {
  const nowMs = now();
  const since = Temporal.Instant.fromEpochMilliseconds(nowMs)
    .toZonedDateTimeISO(timeZone)
    .with({ day: 1 })
    .startOfDay()
    .subtract({ months: MONTHS - 1 });
  const counts = await archive.postCounts(
    Math.floor(since.epochMilliseconds / 1_000),
    Math.ceil(nowMs / 1_000),
    QUARTER_HOUR_S,
  );
  return postActivity(counts, timeZone, nowMs);
}

async function summaryLines(activity: PostActivity, context: CommandContext): Promise<readonly string[]> {
  const { archive, chat, status, texts, timeZone, user } = context;
  const { stats: statsTexts } = texts;
  const { notes, firstAt } = await status();
  if (firstAt === undefined) return [statsTexts.none];
  const [current, previous] = activity.months.toReversed();
  const busiest = activity.hours.indexOf(Math.max(...activity.hours));
  const [longest] = (await archive.series()).toSorted((a, b) => b.count - a.count);
  const [title] = longest ? await seriesTitles([longest], archive) : [];
  const hashtags = await archive.hashtags('', HASHTAGS);
  return [
    statsTexts.total(notes, formatTime({ at: Math.floor(firstAt / 1_000), style: 'date' }, texts, timeZone)),
    statsTexts.thisMonth(current?.count ?? 0, previous?.count),
    ...(activity.hours[busiest] ? [statsTexts.busiest(`${busiest}`.padStart(2, '0'))] : []),
    ...(longest && title ? [statsTexts.longestSeries(title, longest.count)] : []),
    ...(hashtags.length > 0
      ? [statsTexts.hashtags(hashtags.map(({ tag, count }) => [`#${tag}`, count]))]
      : []),
    // In a private chat everybody is a manager.
    ...(user.isManager && chat.kind !== 'private' ? await audienceLines(context) : []),
  ];
}

/** Subscriber numbers, for people who manage a chat. */
async function audienceLines({ audience, texts }: CommandContext): Promise<readonly string[]> {
  const all = await audience();
  const platforms = PLATFORM_NAMES.flatMap((name) => {
    const active = all[name]?.active ?? 0;
    return active > 0 ? [texts.stats.onPlatform(texts.byPlatform[name].destinations(active), name)] : [];
  });
  if (platforms.length === 0) return [];
  const sum = (count: 'joined' | 'left'): number =>
    Object.values(all).reduce((total, one) => total + one[count], 0);
  return [texts.stats.audience(platforms), texts.stats.recently(sum('joined'), sum('left'))];
}

async function picture(
  chart: (typeof CHARTS)[number],
  { months, hours }: PostActivity,
  { drawPicture, texts }: CommandContext,
): Promise<readonly Block[]> {
  const bars = {
    months: months.map(({ month, count }) => ({ label: month, value: count })),
    hours: hours.map((value, hour) => ({ label: `${hour}`.padStart(2, '0'), value })),
  }[chart];
  if (bars.every(({ value }) => value === 0)) return [];
  const alt = texts.stats.alt[chart];
  const svg = barChart({
    title: alt,
    direction: 'upright',
    unit: 'count',
    bars,
    // The picture's font has only Latin letters, so the texts are in the message.
    language: 'en',
    emptyText: '',
    size: IMAGE,
    theme: LIGHT,
    fontFamily: PICTURE_FONT,
  });
  const url = await drawPicture(svg);
  if (url === undefined) return [];
  const { width, height } = IMAGE;
  return [
    {
      type: 'media',
      items: [{ kind: 'image', url, alternatives: [], mime: 'image/png', alt, width, height }],
    },
  ];
}
