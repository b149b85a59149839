import { type Document, type Inline, small, text } from '../document.ts';
import { extractMedia, imetaMedia } from '../media/extract-media.ts';
import type { VerifiedEvent } from '../note.ts';
import { parseInlines, splitParagraphs } from '../parse/parse-text.ts';
import { placeholder } from '../placeholders.ts';
import { tagValue } from '../pointer.ts';
import { cleanLine, type ParsedKind, tagTime } from './parsed-kind.ts';

const MAX_OPTIONS = 50;

/** Kind 1068 (NIP-88): question, options, end. Votes are cast on Nostr; elsewhere they wouldn't count. */
export function parsePoll(event: VerifiedEvent): ParsedKind {
  const lifted = extractMedia(parseInlines(event.content, event), imetaMedia(event.tags));
  const items = event.tags
    .filter(([name]) => name === 'option')
    .slice(0, MAX_OPTIONS)
    .map(([, , label = '']) => parseInlines(cleanLine(label), event))
    .filter((item) => item.length > 0);
  const body: Document = [
    ...splitParagraphs(lifted.run),
    ...(items.length > 0 ? [{ type: 'list', items } as const] : []),
    small(...rulesOf(event)),
  ];
  return { body, media: lifted.media, postType: 'note' };
}

function rulesOf(event: VerifiedEvent): readonly Inline[] {
  const several = tagValue(event, 'polltype') === 'multiplechoice';
  const says = [text('📊 '), placeholder(several ? 'pollOfSeveral' : 'pollOfOne')];
  const at = tagTime(event, 'endsAt');
  return at === undefined
    ? says
    : [...says, text(' · '), placeholder('pollUntil'), text(' '), { type: 'time', at, style: 'moment' }];
}
