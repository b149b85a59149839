import type { Choices, Quiet } from '../choices/choices.ts';
import { quietText, timeText } from '../choices/words.ts';
import type { CommandContext } from '../command/command.ts';
import { sentence } from '../command/sentence.ts';
import { type Block, type ChoiceOption, heading, paragraph, small, text } from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import { choiceOf, hasSelects, option, type Panel, withChosen } from './panel.ts';
import { inOurWords, timeTyped, wrong } from './typed.ts';

/** Where each takes a button: those that people choose. */
const BEGINS = [20, 21, 22, 23, 0];
const ENDS = [5, 6, 7, 8, 9];
const ALL_HOURS = Array.from({ length: 24 }, (_, hour) => hour);
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
  show(choices, context) {
    const { quiet } = choices;
    const { settings } = context.texts;
    return [
      heading(3, text(settings.quiet.heading)),
      paragraph(...sentence(settings.quiet.explained[quiet?.manner ?? 'off'])),
      ...(quiet ? [small(...sentence(settings.typed(`/settings quiet 22:30-6 ${quiet.manner}`)))] : []),
      ...choicesOf(choices, context),
    ];
  },
};

function choicesOf({ quiet }: Choices, context: CommandContext): readonly Block[] {
  const said = context.texts.settings.quiet;
  const like = quiet ?? NIGHT;
  const choose = (label: string, from: readonly ChoiceOption[]) =>
    choiceOf('quiet', label, from, [quiet ? quietText(quiet) : 'off']);
  const one = (next: Partial<Quiet>, label: string) => option(quietText({ ...like, ...next }), label);
  const manners = choose(said.heading, [
    option('off', said.manners.off),
    one({ manner: 'hold' }, said.manners.hold),
    one({ manner: 'silence' }, said.manners.silence),
  ]);
  if (!quiet) return [manners];
  const isLabelled = hasSelects(context);
  const hours = (few: readonly number[], end: 'from' | 'to') =>
    withChosen(
      (isLabelled ? ALL_HOURS : few).map((hour) => hour * 60),
      like[end],
    )
      .filter((time) => time !== like[end === 'from' ? 'to' : 'from'])
      .map((time) => one({ [end]: time }, isLabelled ? timeText(time) : said[end](timeText(time))));
  return [manners, choose(said.begins, hours(BEGINS, 'from')), choose(said.ends, hours(ENDS, 'to'))];
}

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
