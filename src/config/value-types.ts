import { isIP } from 'node:net';
import { findSecret, quoteIfSafe, type SecretPattern } from '../lib/secret-patterns.ts';

/** What is wrong with a value, each a clause that goes behind `NAME: `, without a full stop. */
export class Problems {
  readonly all: readonly string[];
  constructor(...all: readonly string[]) {
    this.all = all;
  }
}

/** What the value of a variable has to be. */
export interface Kind<T> {
  /** The value, or what is wrong with it. Of what was written, problems repeat only what can be no secret (`quoted`). */
  read(written: string): T | Problems;
  /** What is expected, for the page of settings. */
  readonly expected: string;
}

/** A rule for a text, and the words for it: “… is not <expected>”. */
interface Rule {
  readonly expected: string;
  isRight(value: string): boolean;
}

/** A text that holds no secret and keeps to the rule. */
export const text = (rule: Rule): Kind<string> => textAs(rule, (value) => value);

/** The same, as what the program works with. */
export const textAs = <T>(rule: Rule, as: (value: string) => T): Kind<T> => ({
  expected: rule.expected,
  read(written) {
    const problem = misplaced(written) ?? broken(rule, written);
    return problem === undefined ? as(written) : new Problems(problem);
  },
});

/** Texts with commas between them, each once. */
export const listOf = (
  rule: Rule,
  as: (item: string) => string = (item) => item,
): Kind<readonly string[]> => ({
  expected: `${rule.expected}; several with commas between them`,
  read(written) {
    const problem = misplaced(written);
    if (problem !== undefined) return new Problems(problem);
    const items = [...new Set(written.split(',').map((item) => item.trim()))].filter(Boolean);
    const problems = items.flatMap((item, index) => broken(rule, item, `entry ${index + 1}`) ?? []);
    return problems.length > 0 ? new Problems(...problems) : [...new Set(items.map(as))];
  },
});

/** One of a few words, in any case. */
export function oneOf<const T extends string>(...values: readonly T[]): Kind<T> {
  const expected = `one of ${values.join(', ')}`;
  const valueOf = (written: string): T | undefined => values.find((value) => value === written.toLowerCase());
  const isRight = (written: string): boolean => valueOf(written) !== undefined;
  return textAs({ expected, isRight }, (written) => valueOf(written) as T);
}

/** A whole number from 0 to `max`. */
export const upTo = (max: number, expected: string): Kind<number> =>
  textAs({ expected, isRight: (written) => /^\d+$/u.test(written) && Number(written) <= max }, Number);

/** What another part of the program judges, by a clause; `undefined`: nothing is wrong. */
export const judged = (expected: string, problem: (written: string) => string | undefined): Kind<string> => ({
  expected,
  read(written) {
    const found = problem(written);
    return found === undefined ? written : new Problems(found);
  },
});

/** A platform's token. What it looks like is the platform's business; one with other characters was copied wrong. */
export const token = (home: NonNullable<SecretPattern['belongsIn']>): Kind<string> =>
  judged('a bot token', (written) => {
    const shape = findSecret(written);
    // It would be sent to the platform.
    if (shape && !shape.mayBeHarmless && shape.belongsIn !== home)
      return `contains ${shape.name}, which doesn't belong here`;
    return /[^\w.:-]/u.test(written) ? 'contains spaces, quotes or slashes; copy it again' : undefined;
  });

/** The path in `sqlite:<path>`. */
export const database: Kind<string> = {
  expected: 'sqlite:<path>',
  read(written) {
    const path = /^sqlite:(?:\/\/)?(.+)$/u.exec(written)?.[1] ?? '';
    const problem = path ? misplaced(path.replaceAll(CONTAINER_FOLDER, '/')) : notSqlite(written);
    return problem === undefined ? path : new Problems(problem);
  },
};

/** Container engines call the folders of volumes so. */
const CONTAINER_FOLDER = /\/[0-9a-f-]{32,64}\//gu;

const notSqlite = (url: string): string =>
  /^postgres(?:ql)?:/iu.test(url)
    ? "PostgreSQL isn't supported yet; use sqlite:<path>"
    : 'expected sqlite:<path>';

/** What breaks the rule, as a clause; `what` stands for what can't be quoted. */
function broken({ expected, isRight }: Rule, value: string, what = 'the value'): string | undefined {
  if (isRight(value)) return undefined;
  return `${quoteIfSafe(value) ?? `${what} (not shown, it may be secret)`} is not ${expected}`;
}

/** What is wrong with a value that holds a secret where none belongs: it would get into logs and posts. */
export function misplaced(value: string): string | undefined {
  const shape = findSecret(value);
  if (shape === undefined) return undefined;
  const home = shape.belongsIn ? `; move it to ${shape.belongsIn}` : '';
  return `contains ${shape.name}, which doesn't belong here (it's neither used nor shown)${home}`;
}

/** Of the web, and without what would stand in the way of what is put behind it. */
export const isUrl =
  (...protocols: readonly string[]) =>
  (value: string): boolean => {
    const url = URL.parse(value);
    return (
      url !== null &&
      protocols.includes(url.protocol) &&
      url.hostname !== '' &&
      url.username === '' &&
      url.password === ''
    );
  };

export const isHost = (value: string): boolean =>
  isIP(value) !== 0 || (value.length <= 253 && /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*$/iu.test(value));
