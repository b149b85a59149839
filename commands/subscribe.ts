import { defineCommand } from '../src/command/command.ts';
import { caption } from '../src/command/listing.ts';
import { buttons, paragraph, small, text } from '../src/note/document.ts';
import { presetButtons, settingsButton } from '../src/settings/screens.ts';
import { beginning, settle } from '../src/settings/settle.ts';
import { summary } from '../src/settings/summary.ts';

/** New posts from now on arrive where this was asked; as a proof of what they look like, the latest piece. */
export const subscribe = defineCommand({
  name: 'subscribe',
  answerTo: 'everyone',
  for: 'managers',
  chapter: 'managing',
  options: {},
  async run(_args, context) {
    const { archive, author, place, platform, present, subscriptions, texts } = context;
    const before = await subscriptions.choices(place.destination);
    const choices = before ?? beginning(context);
    const outcome = await settle(choices, context);
    const after = [
      paragraph(text(summary(choices, texts))),
      small(text(texts.subscribe.stopWith[place.kind === 'private' ? platform : 'discord'])),
    ];
    const ways = buttons(...presetButtons(texts, 'add'), [settingsButton(texts)]);
    if (outcome === 'already') return [paragraph(text(texts.subscribe.already)), ...after, ways];

    const [newest] = [
      ...(await archive.latest({ count: 1, postType: 'missive' })),
      ...(await archive.latest({ count: 1 })),
    ];
    return [
      paragraph(text(texts.subscribe.added[place.kind](author().name))),
      ...after,
      ...(newest
        ? [paragraph(text(texts.subscribe.latestOne)), caption(newest, texts), ...(await present(newest))]
        : []),
      ways,
    ];
  },
});
