import { defineCommand } from '../src/command/command.ts';
import { heading, type Inline, paragraph, text } from '../src/note/document.ts';

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** How things are: what came last, what is connected, what is waiting, and what is wrong. */
export const status = defineCommand({
  name: 'status',
  answerTo: 'everyone',
  for: 'readers',
  options: {},
  async run(_args, { standing, texts }) {
    const now = await standing();
    const live = now.relays.filter((relay) => relay.live).length;
    const troubles = Object.entries(now.troubles);
    const line = (...words: readonly Inline[]): readonly Inline[] => words;
    return [
      heading(3, text(texts.status.heading)),
      paragraph(
        text(
          troubles.length === 0
            ? `✅ ${texts.status.allWell}`
            : troubles.map(([part, reason]) => `⚠️ ${texts.status.trouble(part, reason)}`).join('\n'),
        ),
      ),
      {
        type: 'list',
        items: [
          line(
            text(`${texts.status.lastPost}: `),
            now.lastAt === undefined
              ? text(texts.status.never)
              : { type: 'time', at: seconds(now.lastAt), style: 'moment' },
          ),
          line(text(texts.status.archive(now.notes))),
          line(text(texts.status.relays(live, now.relays.length))),
          line(text(texts.status.waiting(now.waiting, now.destinations))),
          line(text(`${texts.status.runningSince} `), {
            type: 'time',
            at: seconds(now.startedAt),
            style: 'moment',
          }),
        ],
      },
    ];
  },
});
