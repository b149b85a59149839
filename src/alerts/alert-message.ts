import { linkCommands } from '../command/views/command-links.ts';
import type { AlertAbout } from '../i18n/en/alerts.ts';
import type { Texts } from '../i18n/texts.ts';
import { translateFix } from '../i18n/translate-fix.ts';
import { type Block, type Document, paragraph, small, strong, text } from '../note/document.ts';
import { PLATFORMS } from '../platform/platforms.ts';
import type { Notice } from './alert-stream.ts';
import type { Condition, Problem } from './conditions.ts';

/** So many different reasons are listed, the most frequent first. */
const MAX_REASONS = 3;
const MINUTE_MS = 60_000;

/** A notice as a private message. `after`: what else there is to say once it is over. */
export function alertMessage(
  { kind, platform }: Pick<Condition, 'kind' | 'platform'>,
  { isOver, open, fixed, sinceMs }: Notice,
  after: Partial<AlertAbout>,
  nowMs: number,
  texts: Texts,
): Document {
  const { alerts } = texts;
  const words = alerts.kinds[kind];
  const [first] = open;
  const about: AlertAbout = {
    platform: platform ? PLATFORMS[platform].displayName : '',
    newToken: platform ? texts.byPlatform[platform].newToken : '',
    count: open.length,
    megabytes: 0,
    minutes: 0,
    ...first?.details,
    ...after,
    reason: translateFix(first?.details.reason ?? '', texts).replace(/\.$/u, ''),
  };
  if (isOver)
    return [
      paragraph(strong(text(`✅ ${words.over(about)}`))),
      small(text(alerts.lasted((nowMs - sinceMs) / MINUTE_MS))),
    ];
  return [
    paragraph(strong(text(`⚠️ ${words.happened(about)}`))),
    small(text(alerts.since), { type: 'time', at: Math.floor(sinceMs / 1_000), style: 'moment' }),
    ...(kind === 'destinations' ? reasonsOf(open, fixed, texts) : []),
    paragraph(...linkCommands(words.means(about))),
    paragraph(...linkCommands(words.todo(about))),
  ];
}

function reasonsOf(open: readonly Problem[], fixed: number, texts: Texts): readonly Block[] {
  const { alerts } = texts;
  const byReason = [...Map.groupBy(open, ({ details }) => translateFix(details.reason ?? '', texts))]
    .filter(([reason]) => reason !== '')
    .sort(([, a], [, b]) => b.length - a.length);
  const rest = byReason.length - MAX_REASONS;
  const items = [
    ...byReason.slice(0, MAX_REASONS).map(([reason, { length }]) => alerts.reason(length, reason)),
    ...(rest > 0 ? [alerts.reasonsMore(rest)] : []),
  ];
  return [
    ...(items.length > 0 ? [{ type: 'list', items: items.map((item) => linkCommands(item)) } as const] : []),
    ...(fixed > 0 ? [paragraph(text(alerts.fixed(fixed)))] : []),
  ];
}
