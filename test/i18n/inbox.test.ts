import { expect, test } from 'vitest';
import { parseReply } from '../../src/author-inbox/parse-reply.ts';
import { LANGUAGES, textsFor } from '../../src/i18n/texts.ts';

const CODE = 'k3f9-2qxm';
const quotedIn = (words: string): readonly string[] =>
  [...words.matchAll(/“([^”]+)”/gu)].map(([, quoted = '']) => quoted);

test.each(LANGUAGES)('replies suggested to the author in %s are understood', (language) => {
  const { inbox } = textsFor(language);
  const said = [inbox.suggestion(12, 'discord', CODE, '…'), inbox.help].flatMap(quotedIn);
  expect(said).toHaveLength(6);
  expect(said.filter((words) => Object.keys(parseReply(words)).length === 0)).toEqual([]);
  const [, undo = ''] = /[:：] ?([^:：]+)$/u.exec(inbox.blocked(CODE)) ?? [];
  expect(parseReply(undo)).toEqual({ block: false, code: CODE });
});
