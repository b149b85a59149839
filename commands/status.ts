import { defineCommand } from '../src/command/command.ts';
import type { RelayStatus } from '../src/command/program-status.ts';
import type { Texts } from '../src/i18n/texts.ts';
import { translateFix } from '../src/i18n/translate-fix.ts';
import { heading, type Inline, paragraph, text } from '../src/note/document.ts';
import { hasFeature } from '../src/platform/platforms.ts';

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** How many of the relays that aren't live are named. */
const MAX_RELAYS = 3;

/** The state of the program: the last post, connections, the queue, and problems. */
export const status = defineCommand({
  name: 'status',
  answerTo: 'user',
  for: 'readers',
  category: 'knowing',
  options: {},
  async run(_args, { platform, status: standing, texts }) {
    const style = hasFeature(platform, 'relativeTimes') ? 'ago' : 'moment';
    const now = await standing();
    const connected = now.relays.filter((relay) => relay.connected).length;
    const troubled = now.relays.filter((relay) => !relay.live);
    const troubles = [
      ...Object.entries(now.problems).map(([part, reason]) =>
        texts.status.problem(part, translateFix(reason, texts)),
      ),
      ...(now.lost > 0 ? [texts.status.lost(now.lost)] : []),
    ];
    const line = (...words: readonly Inline[]): readonly Inline[] => words;
    return [
      heading(3, text(texts.status.heading)),
      paragraph(
        text(
          troubles.length === 0
            ? `✅ ${texts.status.allWell}`
            : troubles.map((trouble) => `⚠️ ${trouble}`).join('\n'),
        ),
      ),
      {
        type: 'list',
        items: [
          line(
            text(texts.status.lastPost + texts.marks.colon),
            now.lastAt === undefined
              ? text(texts.status.never)
              : { type: 'time', at: seconds(now.lastAt), style },
          ),
          line(text(texts.status.waiting(now.waiting, now.destinations))),
          line(text(texts.status.archive(now.notes))),
          line(text(texts.status.relays(connected, now.relays.length))),
          ...troubled.slice(0, MAX_RELAYS).map((relay) => relayLine(relay, style, texts)),
          ...(troubled.length > MAX_RELAYS
            ? [line(text(`↳ ${texts.status.relaysMore(troubled.length - MAX_RELAYS)}`))]
            : []),
          line(text(texts.status.runningSince[style]), { type: 'time', at: seconds(now.startedAt), style }),
        ],
      },
    ];
  },
});

/** What a relay that isn't live is doing. Its own words aren't shown, since a stranger wrote them. */
function relayLine(
  { host, error, since, received }: RelayStatus,
  style: 'moment' | 'ago',
  { status, marks }: Texts,
): readonly Inline[] {
  const doing = error === undefined ? status.relayFetching(received) : status.relayProblem(error);
  return [
    text('↳ '),
    { type: 'code', text: host },
    text(marks.colon + doing),
    ...(since === undefined
      ? []
      : [
          text(` · ${style === 'moment' ? status.relaySince : ''}`),
          { type: 'time', at: seconds(since), style } as const,
        ]),
  ];
}
