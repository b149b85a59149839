import { languageOf } from '../src/choices/choices.ts';
import { defineCommand } from '../src/command/command.ts';
import { samplesFor } from '../src/command/samples.ts';
import { sentence } from '../src/command/sentence.ts';
import type { Tried } from '../src/command/trial.ts';
import { buttons, type Document, heading, paragraph, press, small, text } from '../src/note/document.ts';
import { beginning, checkPlace } from '../src/settings/settle.ts';
import { retold } from '../src/text/retold.ts';
import { type Texts, textsFor } from '../src/text/texts.ts';

const SIGNS = { posted: '✅', plainer: '⚠️', refused: '❌' } as const;

/** Posts one sample of each kind where it was asked, as it would arrive, and says what of it works. */
export const preview = defineCommand({
  name: 'preview',
  answerTo: 'asker',
  for: 'managers',
  chapter: 'managing',
  options: { samples: { type: 'choice', choices: ['away'], hidden: true } },
  async run({ samples }, context) {
    const { place, subscriptions, texts, trial } = context;
    const said = texts.servers.trial;
    const choices = (await subscriptions.choices(place.destination)) ?? beginning(context);
    if (samples === 'away') {
      const isDone = await trial.takeAway(place.destination, choices);
      return [paragraph(...sentence(isDone ? said.away : said.stays))];
    }
    await checkPlace(context);
    // As posts come there: in the language of the place, whoever asks.
    const there = { ...context, texts: textsFor(languageOf(choices) ?? 'en') };
    const all = await samplesFor(there);
    if (!context.show) return report(await trial.post(place.destination, all, choices), texts);
    const language = languageOf(choices);
    const tried: Tried[] = [];
    for (const { name, document, brief } of all) {
      const post = { document, look: choices.look, ...(brief && { brief }), ...(language && { language }) };
      tried.push({ name, ...(await context.show(post)) });
    }
    return report(tried, texts, { pings: Object.keys(choices.pings).length > 0 });
  },
});

/** `aside`: nobody else sees the samples, so there is nothing to take away; `pings`: what is real pings somebody. */
function report(tried: readonly Tried[], texts: Texts, aside?: { readonly pings: boolean }): Document {
  const said = texts.servers.trial;
  const lines = tried.map(
    ({ name, outcome, why }) =>
      `${SIGNS[outcome]} ${said.names[name]}${why === undefined ? '' : `${texts.marks.colon}${retold(why, texts)}`}`,
  );
  return [
    heading(3, text(tried.every(({ outcome }) => outcome === 'posted') ? said.allWell : said.notAll)),
    paragraph(text(lines.join('\n'))),
    small(
      ...sentence(
        tried.some(({ outcome }) => outcome === 'plainer')
          ? `${said.explained} ${said.plainer}`
          : said.explained,
      ),
    ),
    ...(aside
      ? [small(...sentence(said.onlyYou)), ...(aside.pings ? [small(...sentence(said.andPing))] : [])]
      : [
          buttons([
            { label: said.takeAway, press: press('preview', { samples: 'away' }), manner: 'replace' },
          ]),
        ]),
  ];
}
