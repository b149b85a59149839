import { defineCommand } from '../src/command/command.ts';
import type { SampleResult } from '../src/command/sample-poster.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { samplePosts } from '../src/command/views/sample-posts.ts';
import { type Texts, textsFor } from '../src/i18n/texts.ts';
import { translateFix } from '../src/i18n/translate-fix.ts';
import { buttons, callback, type Document, heading, paragraph, small, text } from '../src/note/document.ts';
import { languageOf } from '../src/preferences/preferences.ts';
import { checkCanPost, initialPreferences } from '../src/settings/apply-preferences.ts';

const SIGNS = { posted: '✅', plainer: '⚠️', refused: '❌' } as const;

/** Posts a sample of each kind of content as it would arrive in this chat, and reports what works. */
export const preview = defineCommand({
  name: 'preview',
  answerTo: 'user',
  for: 'managers',
  category: 'managing',
  options: { samples: { type: 'choice', choices: ['away'], hidden: true } },
  async run({ samples }, context) {
    const { chat, subscriptions, texts, samplePoster } = context;
    const said = texts.servers.preview;
    const choices = (await subscriptions.preferencesOf(chat.destination)) ?? initialPreferences(context);
    if (samples === 'away') {
      const isDone = await samplePoster.deleteAll(chat.destination, choices);
      return [paragraph(...linkCommands(isDone ? said.deleted : said.notDeleted))];
    }
    await checkCanPost(context);
    // In the language of the chat, as posts are, whoever runs the command.
    const there = { ...context, texts: textsFor(languageOf(choices) ?? 'en') };
    const all = await samplePosts(there);
    if (!context.show) return report(await samplePoster.post(chat.destination, all, choices), texts);
    const tried: SampleResult[] = [];
    for (const sample of all) tried.push({ name: sample.name, ...(await context.show(sample, choices)) });
    return report(tried, texts, { pings: Object.keys(choices.pings).length > 0 });
  },
});

/** `aside`: nobody else sees the samples, so there's nothing to delete. `pings`: real posts ping somebody. */
function report(tried: readonly SampleResult[], texts: Texts, aside?: { readonly pings: boolean }): Document {
  const said = texts.servers.preview;
  const lines = tried.map(
    ({ name, outcome, reason }) =>
      `${SIGNS[outcome]} ${said.names[name]}${reason === undefined ? '' : `${texts.marks.colon}${translateFix(reason, texts)}`}`,
  );
  return [
    heading(3, text(tried.every(({ outcome }) => outcome === 'posted') ? said.allWell : said.notAll)),
    paragraph(text(lines.join('\n'))),
    small(
      ...linkCommands(
        tried.some(({ outcome }) => outcome === 'plainer')
          ? `${said.explained} ${said.plainer}`
          : said.explained,
      ),
    ),
    ...(aside
      ? [small(...linkCommands(said.onlyYou)), ...(aside.pings ? [small(...linkCommands(said.andPing))] : [])]
      : [
          buttons([
            {
              label: said.deleteSamples,
              callback: callback('preview', { samples: 'away' }),
              responseMode: 'replace',
            },
          ]),
        ]),
  ];
}
