import type { Choices, Quiet } from '../choices/choices.ts';
import { quietText, timeText } from '../choices/words.ts';
import { sentence } from '../command/sentence.ts';
import { buttons, heading, paragraph, small, text } from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import { inRows, type Panel, pick, withChosen } from './panel.ts';
import { inOurWords, timeTyped, wrong } from './typed.ts';

const BEGINS = [20, 21, 22, 23, 0];
const ENDS = [5, 6, 7, 8, 9];
const NIGHT: Quiet = { from: 22 * 60, to: 7 * 60, manner: 'hold' };

/** Hours in which posts wait or make no sound. Words: `off`, `hold`, `silence`, with hours (`22-7`) or not. */
export const quietPanel: Panel = {
  name: 'quiet',
  isFor: () => true,
  label({ quiet }, { texts: { settings } }) {
    const { manners } = settings.quiet;
    const hours = quiet && `${timeText(quiet.from)}–${timeText(quiet.to)}`;
    return settings.quiet.label(hours ?? manners.off.toLowerCase());
  },
  change(words, { quiet: before, ...rest }, { texts }): Choices {
    const quiet = quietIn(words, before, texts);
    if (quiet === undefined)
      throw wrong(
        words,
        texts,
        '/settings quiet 22-7',
        '/settings quiet 22-7 silence',
        '/settings quiet off',
      );
    return quiet === 'off' ? rest : { ...rest, quiet };
  },
  show({ quiet }, { texts: { settings } }) {
    const { manners, explained, from, to } = settings.quiet;
    const chosen = quiet?.manner ?? 'off';
    const like = quiet ?? NIGHT;
    const way = (next: Quiet, label: string, isChosen: boolean) =>
      pick('quiet', quietText(next), label, isChosen);
    const hours = (all: readonly number[], end: 'from' | 'to', label: (time: string) => string) =>
      withChosen(
        all.map((hour) => hour * 60),
        like[end],
      )
        .filter((time) => time !== like[end === 'from' ? 'to' : 'from'])
        .map((time) => way({ ...like, [end]: time }, label(timeText(time)), time === like[end]));
    return [
      heading(3, text(settings.quiet.heading)),
      paragraph(...sentence(explained[chosen])),
      ...(quiet ? [small(...sentence(settings.typed(`/settings quiet 22:30-6 ${quiet.manner}`)))] : []),
      buttons(
        [
          pick('quiet', 'off', manners.off, chosen === 'off'),
          way({ ...like, manner: 'hold' }, manners.hold, chosen === 'hold'),
          way({ ...like, manner: 'silence' }, manners.silence, chosen === 'silence'),
        ],
        ...(quiet
          ? [hours(BEGINS, 'from', from), hours(ENDS, 'to', to)].flatMap((row) => inRows(row, 3))
          : []),
      ),
    ];
  },
};

/** What is left unsaid stays as it was. */
function quietIn(words: string, before: Quiet | undefined, texts: Texts): Quiet | 'off' | undefined {
  const { off, hold, silence } = texts.settings.quiet.manners;
  const meant = inOurWords(words, { off: ['none', off], hold: ['wait', hold], silence: ['silent', silence] });
  if (meant === 'off') return 'off';
  const [, hours, begin = '', end = '', manner] =
    /^((\S+?)\s*(?:[-–~到至]|to)\s*(\S+?))?\s*(hold|silence)?$/u.exec(meant) ?? [];
  const { from, to, manner: usual } = before ?? NIGHT;
  const [first, last] = hours === undefined ? [from, to] : [timeTyped(begin), timeTyped(end)];
  if (meant === '' || first === undefined || last === undefined || first === last) return undefined;
  if (hours === undefined && manner === undefined) return undefined;
  return { from: first, to: last, manner: manner === 'hold' || manner === 'silence' ? manner : usual };
}
