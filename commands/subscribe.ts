import { defineCommand } from '../src/command/command.ts';
import { caption } from '../src/command/listing.ts';
import { Problem } from '../src/command/problem.ts';
import { paragraph, small, text } from '../src/note/document.ts';

/** New posts from now on arrive where this was asked; as a proof of what they look like, the latest piece. */
export const subscribe = defineCommand({
  name: 'subscribe',
  answerTo: 'everyone',
  for: 'managers',
  chapter: 'managing',
  options: {},
  async run(_args, { archive, author, place, platform, present, subscriptions, texts }) {
    if (!place.subscribable) throw new Problem(texts.subscribe.impossible);
    const missing = await place.missing();
    if (missing.length > 0) throw new Problem(texts.subscribe.missing(missing));
    const stopWith = small(text(texts.subscribe.stopWith[place.kind === 'private' ? platform : 'discord']));
    const outcome = await subscriptions.subscribe(place.destination);
    if (outcome === 'full') throw new Problem(texts.subscribe.full);
    if (outcome === 'already') return [paragraph(text(texts.subscribe.already)), stopWith];

    const [newest] = [
      ...(await archive.latest({ count: 1, postType: 'missive' })),
      ...(await archive.latest({ count: 1 })),
    ];
    return [
      paragraph(text(texts.subscribe.added[place.kind](author().name))),
      stopWith,
      ...(newest
        ? [paragraph(text(texts.subscribe.latestOne)), caption(newest, texts), ...(await present(newest))]
        : []),
    ];
  },
});
