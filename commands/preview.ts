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
    const previewTexts = texts.servers.preview;
    const preferences = (await subscriptions.preferencesOf(chat.destination)) ?? initialPreferences(context);
    if (samples === 'away') {
      const isDone = await samplePoster.deleteAll(chat.destination, preferences);
      return [paragraph(...linkCommands(isDone ? previewTexts.deleted : previewTexts.notDeleted))];
    }
    await checkCanPost(context);
    // In the chat's language, as posts are, not the user's.
    const chatContext = { ...context, texts: textsFor(languageOf(preferences) ?? 'en') };
    const all = await samplePosts(chatContext);
    if (!context.previewSample)
      return report(await samplePoster.post(chat.destination, all, preferences), texts);
    const results: SampleResult[] = [];
    for (const sample of all)
      results.push({ name: sample.name, ...(await context.previewSample(sample, preferences)) });
    return report(results, texts, { pings: Object.keys(preferences.mentionRoles).length > 0 });
  },
});

/** `hidden`: only the user sees the samples, so there's nothing to delete; `pings`: real posts would ping somebody. */
function report(
  results: readonly SampleResult[],
  texts: Texts,
  hidden?: { readonly pings: boolean },
): Document {
  const previewTexts = texts.servers.preview;
  const lines = results.map(
    ({ name, outcome, reason }) =>
      `${SIGNS[outcome]} ${previewTexts.names[name]}${reason === undefined ? '' : `${texts.marks.colon}${translateFix(reason, texts)}`}`,
  );
  return [
    heading(
      3,
      text(results.every(({ outcome }) => outcome === 'posted') ? previewTexts.allWell : previewTexts.notAll),
    ),
    paragraph(text(lines.join('\n'))),
    small(
      ...linkCommands(
        results.some(({ outcome }) => outcome === 'plainer')
          ? `${previewTexts.explained} ${previewTexts.plainer}`
          : previewTexts.explained,
      ),
    ),
    ...(hidden
      ? [
          small(...linkCommands(previewTexts.onlyYou)),
          ...(hidden.pings ? [small(...linkCommands(previewTexts.andPing))] : []),
        ]
      : [
          buttons([
            {
              label: previewTexts.deleteSamples,
              callback: callback('preview', { samples: 'away' }),
              responseMode: 'replace',
            },
          ]),
        ]),
  ];
}
