import { defineCommand } from '../src/command/command.ts';
import type { RelayStatus } from '../src/command/program-status.ts';
import type { Texts } from '../src/i18n/texts.ts';
import { translateFix } from '../src/i18n/translate-fix.ts';
import { heading, type Inline, paragraph, text } from '../src/note/document.ts';
import { hasFeature } from '../src/platform/platforms.ts';

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** How many of the relays that aren't live are listed. */
const MAX_RELAYS = 3;

/** The state of the program: the last post, connections, the queue, and problems. */
export const status = defineCommand({
  name: 'status',
  answerTo: 'user',
  for: 'readers',
  category: 'knowing',
  options: {},
  async run(_args, { platform, status: getStatus, texts }) {
    const style = hasFeature(platform, 'relativeTimes') ? 'ago' : 'moment';
    const current = await getStatus();
    const connected = current.relays.filter((relay) => relay.connected).length;
    const notLive = current.relays.filter((relay) => !relay.live);
    const problems = [
      ...Object.entries(current.problems).map(([part, reason]) =>
        texts.status.problem(part, translateFix(reason, texts)),
      ),
      ...(current.lost > 0 ? [texts.status.lost(current.lost)] : []),
    ];
    const line = (...words: readonly Inline[]): readonly Inline[] => words;
    return [
      heading(3, text(texts.status.heading)),
      paragraph(
        text(
          problems.length === 0
            ? `✅ ${texts.status.allWell}`
            : problems.map((problem) => `⚠️ ${problem}`).join('\n'),
        ),
      ),
      {
        type: 'list',
        items: [
          line(
            text(texts.status.lastPost + texts.marks.colon),
            current.lastAt === undefined
              ? text(texts.status.never)
              : { type: 'time', at: seconds(current.lastAt), style },
          ),
          line(text(texts.status.waiting(current.waiting, current.destinations))),
          line(text(texts.status.archive(current.notes))),
          line(text(texts.status.relays(connected, current.relays.length))),
          ...notLive.slice(0, MAX_RELAYS).map((relay) => relayLine(relay, style, texts)),
          ...(notLive.length > MAX_RELAYS
            ? [line(text(`↳ ${texts.status.relaysMore(notLive.length - MAX_RELAYS)}`))]
            : []),
          line(text(texts.status.runningSince[style]), {
            type: 'time',
            at: seconds(current.startedAt),
            style,
          }),
        ],
      },
    ];
  },
});

/** What a relay that isn't live is doing. Its own error messages are untrusted, so they aren't shown. */
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
