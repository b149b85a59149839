import { type Document, type Inline, small, text } from '../document.ts';
import { describedMedia, liftMedia } from '../media.ts';
import type { VerifiedEvent } from '../note.ts';
import { own } from '../own-words.ts';
import { paragraphs, parseInlines } from '../parse/parse.ts';
import { tagValue } from '../pointer.ts';
import { oneLine, type Reading, tagTime } from './reading.ts';

const MAX_OPTIONS = 50;

/** Kind 1068 (NIP-88): the question, what can be chosen, until when. Votes are cast on Nostr, or they would not count. */
export function readPoll(event: VerifiedEvent): Reading {
  const lifted = liftMedia(parseInlines(event.content, event), describedMedia(event.tags));
  const items = event.tags
    .filter(([name]) => name === 'option')
    .slice(0, MAX_OPTIONS)
    .map(([, , label = '']) => parseInlines(oneLine(label), event))
    .filter((item) => item.length > 0);
  const body: Document = [
    ...paragraphs(lifted.run),
    ...(items.length > 0 ? [{ type: 'list', items } as const] : []),
    small(...rulesOf(event)),
  ];
  return { body, media: lifted.media, postType: 'note' };
}

function rulesOf(event: VerifiedEvent): readonly Inline[] {
  const several = tagValue(event, 'polltype') === 'multiplechoice';
  const says = [text('📊 '), own(several ? 'pollOfSeveral' : 'pollOfOne')];
  const at = tagTime(event, 'endsAt');
  return at === undefined
    ? says
    : [...says, text(' · '), own('pollUntil'), text(' '), { type: 'time', at, style: 'moment' }];
}
