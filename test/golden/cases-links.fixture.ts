import { type Cases, OTHER } from './case.fixture.ts';

const badChecksum = `${OTHER.npub.slice(0, -1)}${OTHER.npub.endsWith('q') ? 'p' : 'q'}`;

/** Addresses, and references to people and notes. */
export const links: Cases = {
  'link-with-comment':
    'Worth an hour of your morning, if only for the drawings: https://almanac.example/2025/03/tide-machines?from=feed&page=2',
  'link-with-headline':
    'The machines that knew the tide\nhttps://almanac.example/2025/03/tide-machines\n\nBrass, chains, and forty wheels.',
  'links-glued': `@HarbourTalkhttps://a.example/1 #harbourhttps://a.example/2 https://a.example/3https://a.example/4 nostr:${OTHER.npub}up everybody nostr:${OTHER.nevent}and nostr:${OTHER.npub}https://a.example/5`,
  'links-as-they-are':
    'https://fonts.example/css?family=Roboto|Open+Sans https://api.example/{id}/x https://a.example/a^b https://a.example/b—then https://a.example/c🔥 https://a.example/d، and `https://a.example/e`',
  'link-alone': 'https://almanac.example/2025/03/tide-machines',
  'links-in-brackets':
    'See https://en.wiki.example/wiki/Tide_(disambiguation) (and https://almanac.example/a), [https://almanac.example/b] or <https://almanac.example/c>.',
  'links-and-punctuation':
    'First https://a.example/1, then https://b.example/2; is it https://c.example/3? No: https://d.example/4... and “https://e.example/5”, https://f.example/6!!!',
  'links-in-chinese':
    '详情见https://almanac.example/a，或者看https://例え.jp/港）。https://ja.wiki.example/wiki/東京\u3000次の文',
  'links-with-tabs-and-lines':
    'https://a.example/1\thttps://a.example/2\nhttps://a.example/3\r\nhttps://a.example/4',
  'links-that-stay-text':
    'http://localhost:3000/a http://10.0.0.1/a https://user:pw@x.example/ ftp://x.example/ javascript:alert(1) harbour.example',
  'link-with-markup': 'https://a.example/_under_/*star*/~wave~?q=a|b&c=`d` and https://a.example/__init__.py',
  'link-with-hidden-turn': 'Take https://files.example/\u202egpj.exe or https://files.example/\u200bplain',
  'link-as-label':
    '[https://bank.example](https://evil.example/login) and [tides](https://almanac.example/a)',
  'link-with-a-name-before-the-host': `https://bank.example-${'a'.repeat(300)}@evil.example/x and https://bank.example@evil.example/x and https://a:b@evil.example/x`,
  'link-with-look-alikes':
    'https://bank.example\u2044login.evil.example/a and https://bank\u00b7example.evil.example/b and https://例え.jp/港・町',
  'link-very-long': `Long: https://a.example/?q=${'tide'.repeat(300)} and longer: https://a.example/?q=${'tide'.repeat(700)} end`,
  'mention-in-text': `Coffee with nostr:${OTHER.npub}, and nostr:${OTHER.nprofile}'s dog.`,
  'mention-in-japanese': `こんにちはnostr:${OTHER.npub}さん、お元気ですか`,
  'mention-every-way': `NOSTR:${OTHER.npub} @${OTHER.npub} ${OTHER.npub} web+nostr:${OTHER.npub} nostr:${OTHER.npub.toUpperCase()} (nostr:${OTHER.npub})`,
  'mention-written-twice': `From [${OTHER.npub}](nostr:${OTHER.npub}), with thanks.`,
  'article-of-old': {
    content: 'More in #[0].',
    tags: [['a', `30023:${OTHER.pubkey}:tides`]],
  },
  'mention-of-old': {
    content: 'Thanks #[0], for #[1] and #[7].',
    tags: [
      ['p', OTHER.pubkey],
      ['e', OTHER.id, '', 'mention'],
    ],
  },
  'references-glued': `nostr:${OTHER.npub}nostr:${OTHER.nevent}nostr:${OTHER.note}`,
  'references-in-words': `看nostr:${OTHER.nevent}吧, or see\nnostr:${OTHER.naddr}!`,
  'reference-broken': `nostr:${badChecksum} and nostr:npub1abc are not people.`,
  'reference-in-address': `https://njump.me/${OTHER.nevent} and https://x.example/?u=nostr:${OTHER.npub}`,
  'quote-with-comment': {
    content: `This, a hundred times.\n\nnostr:${OTHER.nevent}`,
    tags: [['q', OTHER.id, '', OTHER.pubkey]],
  },
  'quote-alone': { content: `nostr:${OTHER.nevent}`, tags: [['q', OTHER.id, '', OTHER.pubkey]] },
  'quote-of-an-article': `Read nostr:${OTHER.naddr} before noon.`,
};
