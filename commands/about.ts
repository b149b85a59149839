import { defineCommand, type Links } from '../src/command/command.ts';
import { sentence } from '../src/command/sentence.ts';
import { type Button, buttons, heading, type Inline, paragraph, small, text } from '../src/note/document.ts';
import { inWordsOf } from '../src/note/own-words.ts';
import { webUrl } from '../src/note/parse/address.ts';
import { paragraphs, parseInlines } from '../src/note/parse/parse.ts';
import { pointerUrl } from '../src/note/pointer.ts';
import { timeWords } from '../src/note/times.ts';

/** Who the author is, where to find them, and how much there is to read. */
export const about = defineCommand({
  name: 'about',
  answerTo: 'everyone',
  for: 'readers',
  chapter: 'knowing',
  options: {},
  async run(_args, { author, links, standing, texts, timeZone }) {
    const { name, about: words, website, nip05, npub, pubkey, picture } = author();
    const { notes, firstAt } = await standing();
    const site = website && webUrl(website);
    const own: Button[] = [
      ...(site ? [{ label: texts.about.website, url: site }] : []),
      { label: texts.about.profile, url: pointerUrl({ type: 'profile', pubkey, relays: [] }) },
    ];
    const bots = Object.entries(links()).map(
      ([platform, url]): Button => ({ label: texts.links.get[platform as keyof Links], url }),
    );
    const archive: readonly Inline[] =
      firstAt === undefined
        ? [text(texts.about.nothingYet)]
        : [
            text(
              texts.about.written(notes, timeWords({ at: firstAt / 1000, style: 'date' }, texts, timeZone)),
            ),
          ];
    const portrait = picture && webUrl(picture);
    return [
      heading(2, text(name)),
      ...(words ? inWordsOf(texts, paragraphs(parseInlines(words, { tags: [] }))) : []),
      paragraph(...archive),
      ...(portrait ? [{ type: 'portrait', url: portrait, alt: name } as const] : []),
      small(...sentence(`${texts.about.nostr}\n${nip05 ? `${nip05}\n` : ''}`), { type: 'code', text: npub }),
      buttons(own, bots),
    ];
  },
});
