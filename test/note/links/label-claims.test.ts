import { describe, expect, test } from 'vitest';
import {
  type LabelClaim,
  labelClaim,
  labelClaims,
  showsItsHost,
} from '../../../src/note/links/label-claims.ts';
import { LOOK_ALIKES, UNSEEN } from '../../disguised-links.fixture.ts';

const url = 'https://evil.example/login?next=1';

describe('a label that could be read as another address', () => {
  test.each([
    [
      'as it is',
      ['paypal.com', 'PayPal.Com', 'www.paypal', 'see paypal.com/in now', 'paypal.com.', '(paypal.com)'],
    ],
    [
      'with something unseen in or beside the dot',
      UNSEEN.flatMap((mark) => [
        `paypal${mark}.com`,
        `paypal.${mark}com`,
        `paypal${mark}${mark}.${mark}c${mark}om`,
      ]),
    ],
    ['with a dot that only looks like one', (LOOK_ALIKES['.'] ?? []).map((dot) => `paypal${dot}com`)],
    ['with accents on the dot', ['paypal.\u0301com', 'paypal.\u20ddcom']],
    [
      'with a scheme of look-alikes',
      [
        'https：//paypal',
        'https:／／paypal',
        'https：⁄⁄paypal',
        'https∶∕∕paypal',
        'https︰//paypal',
        'ｈｔｔｐｓ：／／ｐａｙｐａｌ',
        'httpsːノノpaypal',
        'https:\\\\paypal',
        'https:/paypal',
        'https:paypal',
        'һttps://paypal',
        'ftp://paypal',
        'mailto:support',
      ],
    ],
    [
      'of mail',
      ['support@paypal.com', 'support@paypal\u200e.com', 'support＠paypal', 'support﹫paypal．com'],
    ],
    [
      'with credentials',
      [
        'https://evil.example@paypal.com',
        'paypal.com@evil.example',
        `https://paypal.com-${'a'.repeat(300)}@evil.example/x`,
      ],
    ],
    [
      'by number',
      [
        '1.1.1.1',
        '192.168.0.1',
        '0xC0.0xA8.0.1',
        '0300.0250.0.1',
        '0x7f.1',
        '0177.1',
        '127.1',
        '127.0.1',
        '192.168.1',
        '2130706433',
        '0x7f000001',
        '017700000001',
        '16843009',
        '127.1:8080',
        '10.1/admin',
        '１２７．０．０．１',
        '①②⑦.0.0.1',
        '1。1。1。1',
        '[::1]',
        '::ffff:1.2.3.4',
        '2001:db8::1',
        'fe80::1',
        '2001:db8:0:0:0:0:0:1',
        '١٩٢.١٦٨.٠.١',
      ],
    ],
    ['with a port', ['localhost:3000', 'paypal:443', 'paypal：443', 'paypal.com:443', 'localhost/admin']],
    [
      'in other scripts',
      [
        'раураl.com',
        'банк.рф',
        '例え.jp',
        'بنك.شبكة',
        'xn--80ak6aa92e.com',
        'xn--80ak6aa92e',
        '银行.中国',
        '中国银行。com',
        '工商银行。中国',
        '银行。网址/登录',
      ],
    ],
    ['with an ending that few know', ['harbour.museum', 'bank.pizza', 'a.zip', 'wallet.xn--p1ai', 'pay.pal']],
    [
      'with pictures in it',
      [
        'paypal🔥.com',
        'paypal.🔥com',
        '🔒paypal.com',
        'pay👩‍🚀pal🇺🇸.com',
        'paypal.🇨🇴🇲',
        '🅿aypal.com',
        'ⓟⓐⓨⓟⓐⓛ.ⓒⓞⓜ',
        '𝐩𝐚𝐲𝐩𝐚𝐥.𝐜𝐨𝐦',
      ],
    ],
    [
      'with a mark for a dot',
      ['paypal°com', 'paypal◦com', 'paypal🔴com', 'paypal˙com', 'paypal(.)com', 'paypal➙.com', 'paypal‚com'],
    ],
    [
      'with blanks beside the dot',
      ['paypal 。com', 'paypal .com', 'paypal. com', 'paypal\u3000．com', 'paypal\n.com', 'paypal . org'],
    ],
    ['with a dot in letters', ['paypal dot com', 'paypal(dot)com', 'support[at]paypal[dot]com']],
    [
      'with a scheme that opens something else',
      ['tel:+4912345', 'sms:110', 'data:text/html,x', 'wss:paypal', 'nostr:npub1', 'javascript：alert'],
    ],
    ['with brackets in it', ['paypal[.]com', '[paypal].com']],
  ])('%s', (_, labels) => {
    for (const label of labels) expect([label, labelClaim(label, url)]).toEqual([label, 'another']);
  });
});

test.each([
  [
    'read the article',
    'Click here!',
    'U.S. tariffs',
    'e.g. this',
    'i.e. that',
    'Ph.D. thesis',
    'at 5 p.m.',
    'the U.S.A.',
  ],
  [
    'Node.js',
    'Vue.js 3',
    'v1.2.3',
    '1.2.3',
    'v1.2.3-beta.4',
    'version 2.5',
    'package.json',
    'notes.txt',
    'read-me.pdf',
  ],
  [
    '3.14',
    '12.05.2024',
    '2024-05-01',
    '20240501',
    '10:30',
    '12:30:45',
    'Mark 3:16',
    '16:9',
    '24/7',
    'and/or',
    '1/2',
    '½',
  ],
  [
    '你好。世界',
    '港口很安静。没有人抱怨。',
    '日期：2024年',
    '约翰·史密斯',
    'ジョン・スミス',
    '港です。',
    '他说：好',
    '我用iPhone。很好',
  ],
  [
    'the .NET Framework',
    'Total. Net income',
    'gross/net',
    'work-app',
    'Notes · dev',
    'polka dots',
    'Tel: +49 123',
    'data: 2024',
    'the dot company',
    'it works. Info follows',
  ],
  [
    '😀',
    '1️⃣',
    '🇺🇸',
    'Great 🎉',
    'wait...what',
    'wait…what',
    'No.5',
    'C++ std::string',
    '@alice',
    '#5',
    '5 ﷼',
    '',
  ],
  [
    'می\u200cخواهم',
    'naïve café',
    'नमः शिवाय',
    'Résumé',
    'Q&A',
    '$9.99',
    '50%',
    'A: B',
    'x.y',
    'Yes :/',
    'note: 2024',
  ],
])('words stay words: %s, …', (...labels) => {
  for (const label of labels) expect([label, labelClaim(label, url)]).toEqual([label, 'words']);
});

test.each([
  ['evil.example', 'own'],
  ['EVIL.example', 'own'],
  ['www.evil.example', 'own'],
  ['https://evil.example/', 'own'],
  ['evil.example/login', 'own'],
  ['see evil.example.', 'own'],
  ['(evil.example)', 'own'],
  ['见evil.example。', 'own'],
  ['evil\u200e。example', 'own'],
  ['https://evil.example/login?next=1', 'own'],
  ['evil.example.paypal.com', 'another'],
  ['evil.exam', 'another'],
  ['evil.example/log', 'another'],
  ['evil.example:8443', 'another'],
  ['evil.example, paypal.com', 'another'],
  ['support@evil.example', 'another'],
] as const satisfies readonly (readonly [string, LabelClaim])[])('%j says %s', (label, claim) => {
  expect(labelClaim(label, url)).toBe(claim);
});

test.each([
  ['https://例え.jp/港', '例え.jp'],
  ['https://xn--r8jz45g.jp/', '例え.jp'],
  ['https://en.wiki.example/wiki/Tide_(x),_y', 'https://en.wiki.example/wiki/Tide_(x),_y'],
  ['https://ja.wiki.example/wiki/%E6%9D%B1%E4%BA%ACTower', 'https://ja.wiki.example/wiki/東京Tower'],
])('%s may be called %s', (address, label) => {
  expect(labelClaim(label, address)).toBe('own');
});

const other = 'https://other.example/';
test.each([
  [
    'side by side',
    [
      ['paypal', url],
      ['.com', url],
    ],
    ['another', 'another'],
  ],
  [
    'that lead apart',
    [
      ['pay', url],
      ['pal.c', other],
      ['om', url],
    ],
    ['another', 'another', 'another'],
  ],
  [
    'with something unseen between',
    [['paypal', url], ['\u200e\u00ad'], ['.com', url]],
    ['another', 'words', 'another'],
  ],
  ['in the middle of a word', [['log in at paypal'], ['.', url], ['com now']], ['words', 'another', 'words']],
  ['before the rest of a name', [['paypal', url], ['.com']], ['another', 'words']],
  ['behind a scheme', [['https://'], ['paypal', url]], ['words', 'another']],
  [
    'that are one by the mark between them',
    [
      ['banque', url],
      ['。', url],
      ['com', url],
    ],
    ['another', 'another', 'another'],
  ],
  ['with a blank before the dot', [['paypal', url], [' '], ['.com', url]], ['another', 'words', 'another']],
  ['with a blank between', [['paypal', url], [' '], ['harbour', other]], ['words', 'words', 'words']],
  ['beside another’s address in the text', [['paypal.com, '], ['or here', url]], ['words', 'words']],
  ['at the end of a sentence', [['看'], ['港口', url], ['。然后 bank.example']], ['words', 'words', 'words']],
  ['in Chinese beside a name', [['据'], ['路透', url], ['报道，example.com称']], ['words', 'words', 'words']],
  [
    'that are together their own address',
    [
      ['evil', url],
      ['.example', url],
    ],
    ['own', 'own'],
  ],
] as const)('links %s', (_, run, claims) => {
  expect(labelClaims(run.map(([text, to]) => (to === undefined ? { text } : { text, url: to })))).toEqual(
    claims,
  );
});

test.each([
  ['https://evil.example/a', true],
  ['HTTPS://EVIL.example/a', true],
  ['https://evil。example/a', true],
  ['https://ev\u00adil.example/a', true],
  ['https://paypal.com⁄login.evil.example/', false],
  ['https://paypal.com∕login.evil.example/', false],
  ['https://paypal.com꞉443.evil.example/', false],
  ['https://paypal·com.evil.example/', false],
  ['https://例え.jp/港・町！', true],
  ['https://bücher.example/', true],
])('the address %j says where it leads: %s', (written, truthful) => {
  expect(showsItsHost(written, new URL(written).href)).toBe(truthful);
});

test('a label that is too long counts as another address', () => {
  const long = 'words '.repeat(200);
  expect(labelClaims([{ text: 'the port', url }, { text: ' ' }, { text: long, url }])).toEqual([
    'words',
    'words',
    'another',
  ]);
});
