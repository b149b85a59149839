import { defineCommand } from '../src/command/command.ts';
import { Problem } from '../src/command/problem.ts';
import { MAX_PROPOSAL, MOST_PROPOSALS } from '../src/command/proposals.ts';
import { sentence } from '../src/command/sentence.ts';
import { paragraph, small } from '../src/note/document.ts';

/** Passes on to the author what somebody would like to read about. */
export const suggest = defineCommand({
  name: 'suggest',
  answerTo: 'asker',
  for: 'readers',
  needs: 'propose',
  chapter: 'knowing',
  options: { topic: { type: 'string', required: true, maxLength: MAX_PROPOSAL, asks: true } },
  async run({ topic }, { asker, author, place, propose, texts }) {
    const words = topic.trim();
    if (words === '') throw new Problem(texts.suggest.empty);
    if (!propose || asker.inbox === undefined) throw new Problem(texts.suggest.nobody);
    const { refused, thanks, answersCome } = texts.suggest;
    const outcome = await propose(words);
    if (outcome === 'asker') throw new Problem(refused.asker(MOST_PROPOSALS.asker));
    if (outcome !== 'taken') throw new Problem(refused[outcome]);
    const { name } = author();
    const where = place.kind === 'private' ? answersCome.private : answersCome.elsewhere;
    return [paragraph(...sentence(thanks(name))), small(...sentence(where(name)))];
  },
});
