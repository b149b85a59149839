import { type Cases, OTHER } from './case.fixture.ts';

const ferry =
  'The first ferry left on time, which nobody on the pier could remember happening before. Eleven people were on it, ' +
  'and a dog who seems to own the line.';
const grain =
  'Grain is another matter. Two ships have been waiting off the breakwater since Sunday, and the silos are, as one of ' +
  'the clerks put it, “full of last year”. Prices at the gate fell by four percent.';
const closing = 'More tomorrow. If you have a minute, tell me what bread costs where you live.';

/** Words, titles, hashtags, scripts. */
export const words: Cases = {
  'missive-with-title': `What the harbour is waiting for\n\n${ferry}\n\n${grain}\n\n${closing}`,
  'missive-of-a-series': `Harbour Morning Missive – 12 March 2025\n\n${ferry}\n\n${grain}`,
  'missive-with-subject': {
    content: `${ferry}\n\n${grain}`,
    tags: [['subject', 'Letter from the  breakwater']],
  },
  'missive-with-gaps': `\n\nThree things before noon\n \n\n\n${ferry}\n\t\n\n${grain}\n\n\n`,
  'short-note': 'Fog until ten. Then nothing but light.',
  'lines-and-dashes':
    'Today:\n- salt, up\n- grain, down\n- patience, sold out\n\n1. read\n2. sleep\n\n12. is not a list\n#1 either',
  'hashtags-latin':
    '#harbour mornings are for #Coffee and #größe. Not for C#, a#b or #1.\n\n#fog #first_light',
  'hashtags-cjk': '#茶 和 #北京 的早晨，#日本語も。#서울 #first-light',
  'hashtags-with-hyphens': {
    content: 'On #slow-news and on #fast-news.',
    tags: [
      ['t', 'slow-news'],
      ['t', 'Untold'],
    ],
  },
  'chinese-note':
    '早晨六点，码头上只有一只狗。\n它看着渡轮，渡轮看着它。\n\n“谁也不急。”船长说，然后把茶倒进海里。',
  'right-to-left':
    'صباح الخير من الميناء، الضباب كثيف اليوم: https://harbour.example/fog\n\nשלום מן הרציף, 11 אנשים וכלב.',
  'emoji-sequences': 'Crew today: 👩🏽‍🚀👨‍👩‍👧‍👦 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿🇩🇪🇯🇵. Mood: ❤️‍🔥 1️⃣ #️⃣ ☺️',
  'custom-emoji': {
    content: ':anchor: Good morning :wave_hello: and :unknown: at 10:30:00',
    tags: [
      ['emoji', 'anchor', 'https://emoji.example/anchor.png'],
      ['emoji', 'wave_hello', 'https://emoji.example/wave.gif'],
    ],
  },
  'content-empty': '',
  'content-white-space': ' \n\u3000\n\t ',
  'warning-with-text': {
    content: `The accident on pier four\n\n${ferry}\n\n${grain}`,
    tags: [['content-warning', 'an accident is described']],
  },
  'warning-without-reason': {
    content: 'What I saw I will not say in the open.',
    tags: [['content-warning']],
  },
  'reply-to-others': {
    content: `nostr:${OTHER.npub} yes, and the one before that too.`,
    tags: [
      ['e', OTHER.id, 'wss://relay.example', 'reply'],
      ['p', OTHER.pubkey],
    ],
  },
  'reply-to-an-article': {
    content: 'This is the best thing on tides that I have read this year.',
    tags: [
      ['a', `30023:${OTHER.pubkey}:tides`, '', 'root'],
      ['p', OTHER.pubkey],
    ],
  },
  'repost-of-somebody': {
    kind: 6,
    content: '{"content":"not verified, not shown"}',
    tags: [
      ['e', OTHER.id, 'wss://relay.example'],
      ['p', OTHER.pubkey],
    ],
  },
  'repost-of-nothing': { kind: 6, content: '' },
};
