import type { HostileTimes } from './hostile.ts';
import type { Speed } from './speed.ts';

/** Rows as Markdown, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

const count = (value: number): string => value.toLocaleString('en');
const times = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)}×`;

export function speedTable({ steps, notes, rounds, bytesPerEvent, messagesPerNote }: Speed): string {
  const rows = steps.map(({ step, notesPerSecond, timesJsonParse }) => [
    step,
    count(notesPerSecond),
    times(timesJsonParse),
  ]);
  return [
    `${count(notes)} mixed notes in ${rounds} rounds, ${count(bytesPerEvent)} bytes of JSON each;`,
    `${messagesPerNote.discord.toFixed(2)} messages a note for Discord, ${messagesPerNote.telegram.toFixed(2)} for Telegram.\n`,
    table(['step', 'notes per second', 'time beside JSON.parse'], rows),
  ].join('\n');
}

export function hostileTable({ bytes, plainMs, patterns }: HostileTimes): string {
  const rows = patterns.map(({ pattern, timesPlain }) => [
    pattern,
    times(timesPlain['kind 1']),
    times(timesPlain.article),
  ]);
  return [
    `One note of ${count(bytes)} bytes, parsed and rendered for both platforms: time beside plain prose of that size.\n`,
    table(
      ['pattern', 'kind 1', 'article'],
      [['plain prose', `${plainMs['kind 1'].toFixed(0)} ms`, `${plainMs.article.toFixed(0)} ms`], ...rows],
    ),
  ].join('\n');
}
