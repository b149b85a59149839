import type { CommandContext } from '../../command/command.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Block, heading, paragraph, type SelectOption, small, text } from '../../note/document.ts';
import { formatQuietHours, formatTime, parseQuietHours } from '../../preferences/field-format.ts';
import { type Preferences, QUIET_MODES, type QuietHours } from '../../preferences/preferences.ts';
import { hasSelects, includingChosen, option, type Panel, panelSelect } from '../panel.ts';
import { canonicalize, invalidInput, parseTypedTime } from '../parse-input.ts';

/** The most common hours, for platforms where each one is a button. */
const BEGINS = [20, 21, 22, 23, 0];
const ENDS = [5, 6, 7, 8, 9];
const ALL_HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const LINES = ['/settings quiet 22-7', '/settings quiet 22-7 silence', '/settings quiet off'];
const NIGHT: QuietHours = { from: 22 * 60, to: 7 * 60, mode: 'hold' };

/** Hours in which posts wait or make no sound. Typed: `off`, `hold`, `silence`, with or without hours (`22-7`). */
export const quietHoursPanel: Panel = {
  name: 'quiet',
  isAvailable: () => true,
  label({ quietHours }, { texts: { settings } }) {
    const { modes } = settings.quiet;
    const hours = quietHours && `${formatTime(quietHours.from)}–${formatTime(quietHours.to)}`;
    return settings.quiet.label(hours ?? modes.off.toLowerCase());
  },
  parse(typed, preferences, { texts }) {
    const quiet = parseQuiet(typed, preferences.quietHours, texts);
    if (quiet === undefined) throw invalidInput(typed, texts, ...LINES);
    return { value: quiet === 'off' ? quiet : formatQuietHours(quiet) };
  },
  apply({ value = '' }, preferences, { texts }): Preferences {
    const { quietHours: _, ...others } = preferences;
    if (value === 'off') return others;
    const quietHours = parseQuietHours(value);
    if (!quietHours) throw invalidInput(value, texts, ...LINES);
    return { ...others, quietHours };
  },
  show(preferences, context) {
    const { quietHours } = preferences;
    const { settings } = context.texts;
    return [
      heading(3, text(settings.quiet.heading)),
      paragraph(...linkCommands(settings.quiet.explained[quietHours?.mode ?? 'off'])),
      ...(quietHours
        ? [small(...linkCommands(settings.typed(`/settings quiet 22:30-6 ${quietHours.mode}`)))]
        : []),
      ...selects(preferences, context),
    ];
  },
};

function selects({ quietHours }: Preferences, context: CommandContext): readonly Block[] {
  const panelTexts = context.texts.settings.quiet;
  const current = quietHours ?? NIGHT;
  const choose = (label: string, from: readonly SelectOption[]) =>
    panelSelect('quiet', label, from, [quietHours ? formatQuietHours(quietHours) : 'off']);
  const one = (next: Partial<QuietHours>, label: string) =>
    option(formatQuietHours({ ...current, ...next }), label);
  const modes = choose(panelTexts.heading, [
    option('off', panelTexts.modes.off),
    ...QUIET_MODES.map((mode) => one({ mode }, panelTexts.modes[mode])),
  ]);
  if (!quietHours) return [modes];
  const isLabelled = hasSelects(context);
  const hours = (few: readonly number[], end: 'from' | 'to') =>
    includingChosen(
      (isLabelled ? ALL_HOURS : few).map((hour) => hour * 60),
      current[end],
    )
      .filter((time) => time !== current[end === 'from' ? 'to' : 'from'])
      .map((time) => one({ [end]: time }, isLabelled ? formatTime(time) : panelTexts[end](formatTime(time))));
  return [
    modes,
    choose(panelTexts.begins, hours(BEGINS, 'from')),
    choose(panelTexts.ends, hours(ENDS, 'to')),
  ];
}

/** `22-7`, `22:30 to 6 silence`, `hold`. */
const QUIET_LINE = new RegExp(
  `^((\\S+?)\\s*(?:[-–~到至]|to)\\s*(\\S+?))?\\s*(${QUIET_MODES.join('|')})?$`,
  'u',
);

/** What the line doesn't mention stays as it was. */
function parseQuiet(
  words: string,
  before: QuietHours | undefined,
  texts: Texts,
): QuietHours | 'off' | undefined {
  const { off, hold, silence } = texts.settings.quiet.modes;
  const line = canonicalize(words, {
    off: ['none', off],
    hold: ['wait', hold],
    silence: ['silent', silence],
  });
  if (line === 'off') return 'off';
  const [, hours, begin = '', end = '', modeName] = QUIET_LINE.exec(line) ?? [];
  const { from, to, mode: currentMode } = before ?? NIGHT;
  const [first, last] = hours === undefined ? [from, to] : [parseTypedTime(begin), parseTypedTime(end)];
  if (line === '' || first === undefined || last === undefined || first === last) return undefined;
  if (hours === undefined && modeName === undefined) return undefined;
  return { from: first, to: last, mode: QUIET_MODES.find((mode) => mode === modeName) ?? currentMode };
}
