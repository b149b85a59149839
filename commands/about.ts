import { defineCommand } from '../src/command/command.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { formatTime } from '../src/note/dates/format-times.ts';
import { type Button, buttons, heading, type Inline, paragraph, small, text } from '../src/note/document.ts';
import { parseInlines, splitParagraphs } from '../src/note/parse/parse-text.ts';
import { parseWebUrl } from '../src/note/parse/urls.ts';
import { pointerUrl } from '../src/note/pointer.ts';
import type { PlatformName } from '../src/platform/platforms.ts';

/** Who the author is, where to find them, and how much there is to read. */
export const about = defineCommand({
  name: 'about',
  answerTo: 'everyone',
  for: 'readers',
  category: 'knowing',
  options: {},
  async run(_args, { author, installLinks, status, texts, timeZone }) {
    const { name, about: words, website, nip05, npub, pubkey, picture } = author();
    const { notes, firstAt } = await status();
    const site = website && parseWebUrl(website);
    const own: Button[] = [
      ...(site ? [{ label: texts.about.website, url: site }] : []),
      { label: texts.about.profile, url: pointerUrl({ type: 'profile', pubkey, relays: [] }) },
    ];
    const bots = Object.entries(installLinks()).map(
      ([platform, url]): Button => ({ label: texts.byPlatform[platform as PlatformName].install, url }),
    );
    const archive: readonly Inline[] =
      firstAt === undefined
        ? [text(texts.about.nothingYet)]
        : [
            text(
              texts.about.written(notes, formatTime({ at: firstAt / 1000, style: 'date' }, texts, timeZone)),
            ),
          ];
    const portrait = picture && parseWebUrl(picture);
    return [
      heading(2, text(name)),
      ...(words ? splitParagraphs(parseInlines(words, { tags: [] })) : []),
      paragraph(...archive),
      ...(portrait ? [{ type: 'portrait', url: portrait, alt: name } as const] : []),
      small(...linkCommands(`${texts.about.nostr}\n${nip05 ? `${nip05}\n` : ''}`), {
        type: 'code',
        text: npub,
      }),
      buttons(own, bots),
    ];
  },
});
