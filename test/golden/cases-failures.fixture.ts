import { type Cases, imeta, OTHER } from './case.fixture.ts';

const INVOICE =
  'lnbc2500u1r23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kayzpams9';
const OPEN_INVOICE =
  'lnbc19vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxcylse6';
const TEST_INVOICE =
  'lntb20m1fsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur2ftpeq8';
const SMALL_INVOICE =
  'lnbc15n1tjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79v7zmua0';
const PAYMENT = 'lnurl1zfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vnaft0xe';
const boat = 'https://pictures.example/boat.jpg';
const tide = 'The tide came in as it always does, without a word, and took what had been left too near. ';

/** Money, warnings, and what platforms refuse or misread. */
export const failures: Cases = {
  'invoice-in-text': `Bread for the crew: ${INVOICE}. Thank you!`,
  'invoice-with-scheme': `lightning:${INVOICE.toUpperCase()}\n\nor lightning:${OPEN_INVOICE}, or ${SMALL_INVOICE}`,
  'invoice-truncated': `${INVOICE.slice(0, -8)}… and ${INVOICE.slice(0, -1)}q stay as they are.`,
  'invoice-of-a-test-network': `Only a trial: ${TEST_INVOICE}`,
  'payment-link': `Coffee: ${PAYMENT} or LIGHTNING:${PAYMENT.toUpperCase()}`,
  'warning-by-label': {
    content: `The boat, afterwards.\n${boat}`,
    tags: [
      ['L', 'content-warning'],
      ['l', 'a wreck', 'content-warning'],
      ['l', 'oil', 'content-warning'],
      ['l', 'en', 'ISO-639-1'],
    ],
  },
  'warning-by-label-without-reason': {
    content: 'Not for breakfast.',
    tags: [['L', 'content-warning']],
  },
  'warning-with-ill-reason': {
    content: 'Fog.',
    tags: [['content-warning', `**@everyone**\n# ${OTHER.nsec}`]],
  },
  'warning-on-an-article': {
    kind: 30_023,
    content: `Once.\n\n![The boat](${boat})\n\n> A quotation, and \`code\`.\n\n- a list`,
    tags: [
      ['d', 'wreck'],
      ['title', 'The wreck'],
      ['content-warning', 'a wreck'],
    ],
  },
  'note-that-expires': {
    content: 'Soup until noon.',
    tags: [['expiration', '4102444800']],
  },
  'note-protected': { content: 'Among us.', tags: [['-']] },
  'photo-with-a-long-caption': `${tide.repeat(14).trim()}\n\n${boat}`,
  'photo-with-commas-in-address': 'https://pictures.example/w=10,h=20/dawn.jpg',
  'photo-with-ill-description': {
    content: boat,
    tags: [
      imeta({ url: boat, m: 'image/jpeg', alt: `@everyone **bold** <b>x</b> ${OTHER.nsec} \u202eevil` }),
    ],
  },
  'mention-alone': `nostr:${OTHER.npub}`,
  'mentions-glued': `nostr:${OTHER.npub}nostr:${OTHER.npub}`,
  'mention-before-letters': `nostr:${OTHER.npub}_x and nostr:${OTHER.npub}'s`,
  'mentions-in-hundreds': `nostr:${OTHER.npub} `.repeat(120).trim(),
  'hashtags-glued': '#a1#b and ##c and #d/#e and x#f',
  'hashtag-very-long': `#${'a'.repeat(60)} tail, #${'b'.repeat(100)} none`,
  'hashtags-that-are-none': '#1 thing, C#, a#b, &#39;, # alone, #_',
  'custom-emoji-glued': {
    content: ':a::b: x:a:y :a-b: :c:',
    tags: ['a', 'b', 'a-b'].map((name) => ['emoji', name, `https://emoji.example/${name}.png`]),
  },
  'entities-in-hundreds': Array.from(
    { length: 150 },
    (_, index) => `#t${index} https://a.example/${index}`,
  ).join(' '),
  'hashes-in-thousands': '#'.repeat(3_000),
  'stars-in-thousands': '*_~|`>'.repeat(500),
  'pings-in-a-title': {
    content: 'Nothing happened.',
    tags: [['subject', '@everyone <@123456789012345678> **loud** [x](https://evil.example)']],
  },
  'pings-in-an-article': {
    kind: 30_023,
    content:
      '@everyone **@here** `@everyone`\n\n```\n@everyone <@&1>\n```\n\n| @everyone | b |\n| - | - |\n| @here | /start |\n\n[@everyone](https://a.example) ~~@here~~',
    tags: [
      ['d', 'pings'],
      ['title', '@everyone'],
    ],
  },
};
