import { styleText } from 'node:util';
import { ConfigError } from '../../config/config-error.ts';
import { environment } from '../../config/variables.ts';
import { PLATFORM_NAMES, PLATFORMS } from '../../platform/platforms.ts';
import { ENV_FILE, envFileText, readEnvFile, writeEnvFile } from '../env-file.ts';
import { EXIT, type ExitCode, type Invocation, type Terminal } from '../subcommand.ts';
import { withVariables } from './env-text.ts';
import { createPrompt, Interrupted, type Prompt } from './prompt.ts';
import { type AnswerCheck, type Step, stepsFor } from './steps.ts';

/** Asks for what most people need and writes it to `.env`, at the very end and at once. */
export async function init({ terminal }: Invocation): Promise<ExitCode> {
  const { stdin, stdout, stderr, env } = terminal;
  if (!stdin.isTTY || !stderr.isTTY)
    throw new ConfigError([
      'It asks questions, so it needs a terminal. Without one, copy .env.example to .env and fill it in',
    ]);
  const text = envFileText();
  const isFromOutside = new Set(Object.keys(env).filter((name) => env[name]?.trim()));
  const steps = stepsFor(env, readEnvFile(env));
  // Before anybody has answered anything.
  withVariables(text, Object.fromEntries(steps.map(({ name }) => [name, 'any'])));
  const prompt = createPrompt(terminal);
  try {
    prompt.say('Enter skips a question. Ctrl-C ends without writing anything.');
    const answers: Record<string, string> = {};
    for (const step of steps) {
      prompt.say(`\n${styleText('bold', step.title, { stream: stderr })}`);
      const answer = isFromOutside.has(step.name)
        ? prompt.say(`${step.name} is set in the environment, which takes precedence over ${ENV_FILE}.`)
        : await askFor(step, env[step.name]?.trim(), prompt, terminal);
      if (answer !== undefined) answers[step.name] = answer;
    }
    prompt.say('');
    if (Object.keys(answers).length === 0) {
      stdout.write(`${ENV_FILE} is unchanged.\n`);
      return EXIT.ok;
    }
    if (!(await prompt.confirm(`Write ${Object.keys(answers).join(', ')} to ${ENV_FILE}?`, true)))
      throw new Interrupted('Declined');
    writeEnvFile(withVariables(text, answers));
    stdout.write(`Wrote ${ENV_FILE}, which only you can read.\n`);
    prompt.say(nextStep({ ...env, ...answers }));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    stderr.write('\nNothing was written.\n');
    return EXIT.interrupted;
  } finally {
    prompt.close();
  }
}

/** Asks until the answer is right or kept anyway; `undefined` leaves the variable as it is. */
async function askFor(
  step: Step,
  current: string | undefined,
  prompt: Prompt,
  terminal: Terminal,
): Promise<string | undefined> {
  if (current !== undefined && current !== '') {
    prompt.say(step.isSecret ? `${step.name} is set.` : `${step.name} is ${current}`);
    show(await check(step, current, prompt), prompt, terminal);
    if (!(await prompt.confirm('Change it?', false))) return undefined;
  }
  for (;;) {
    const answer = await (step.isSecret ? prompt.askHidden(step.question) : prompt.ask(step.question));
    if (answer === '') return undefined;
    const finding = await check(step, answer, prompt);
    show(finding, prompt, terminal);
    if (finding.status === 'wrong') continue;
    if (finding.status === 'right' && step.isSecret) return answer;
    if (
      await prompt.confirm(
        finding.status === 'right' ? 'Use this one?' : 'Use it anyway?',
        finding.status === 'right',
      )
    )
      return answer;
  }
}

async function check(step: Step, value: string, prompt: Prompt): Promise<AnswerCheck> {
  const { error } = environment.shape[step.name].safeParse(value);
  if (error) return { status: 'wrong', lines: error.issues.map(({ message }) => message) };
  prompt.say('Checking…');
  return step.check(value);
}

const MARKS = {
  right: ['green', '✓'],
  wrong: ['red', '✗'],
  unsure: ['yellow', '?'],
} as const satisfies Readonly<Record<AnswerCheck['status'], readonly [string, string]>>;

function show({ status, lines }: AnswerCheck, prompt: Prompt, { stderr }: Terminal): void {
  const [colour, mark] = MARKS[status];
  const [first = '', ...rest] = lines;
  prompt.say(`${styleText(colour, mark, { stream: stderr })} ${first}`);
  for (const line of rest) prompt.say(`  ${line}`);
}

function nextStep(env: Readonly<Record<string, string | undefined>>): string {
  const isSet = (name: string): boolean => Boolean(env[name]?.trim());
  const tokens = PLATFORM_NAMES.map((name) => PLATFORMS[name].tokenVariable);
  const missing = [
    ...(isSet('AUTHOR') ? [] : ['AUTHOR']),
    ...(tokens.some(isSet) ? [] : [tokens.join(' or ')]),
  ];
  return missing.length > 0
    ? `Still needed: ${missing.join(', ')}.`
    : 'Next: start it with "postrider" (in a clone: npm start).';
}
