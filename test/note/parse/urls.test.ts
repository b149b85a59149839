import { describe, expect, test } from 'vitest';
import { parsed } from '../shorthand.fixture.ts';

describe('addresses', () => {
  test.each([
    ['https://en.wikipedia.org/wiki/Foo_(bar)', '<url https://en.wikipedia.org/wiki/Foo_(bar)>'],
    ['(https://x.example/a)', '(<url https://x.example/a>)'],
    ['https://img.example/w=10,h=20/x', '<url https://img.example/w=10,h=20/x>'],
    ['https://a.example/1, https://b.example/2', '<url https://a.example/1>, <url https://b.example/2>'],
    ['https://x.example/a.', '<url https://x.example/a>.'],
    ['https://x.example/a!!! wow', '<url https://x.example/a>!!! wow'],
    ['https://x.example/a\u3000次の文', '<url https://x.example/a>\u3000次の文'],
    ['詳細はhttps://x.example/aをみて', '詳細は<url https://x.example/a>をみて'],
    ['見https://x.example看', '見<url https://x.example/>看'],
    ['https://x.example/a\tb', '<url https://x.example/a>\tb'],
    ['https://例え.jp/パス', '<url https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9>'],
    ['https://ja.wikipedia.org/wiki/東京', '<url https://ja.wikipedia.org/wiki/%E6%9D%B1%E4%BA%AC>'],
    ['[t](https://x.example/a)', '[t](<url https://x.example/a>)'],
    ['http://localhost:3000/a', 'http://localhost:3000/a'],
    ['http://10.0.0.1/a', 'http://10.0.0.1/a'],
    ['https://user:pw@x.example/', 'https://user:pw@x.example/'],
    ['https://x.example/\u202Egpj.exe', '<url https://x.example/gpj.exe>'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['HTTPS://X.example/A', '<url https://x.example/A>'],
  ])('%s', (content, expected) => expect(parsed(content)).toBe(expected));
});

describe('addresses as they are', () => {
  test.each([
    ['https://fonts.example/css?family=Roboto|Open+Sans'],
    ['https://api.example/v1/{id}/x'],
    ['https://a.example/$a/{b}'],
    ['https://a.example/a^b'],
    ['https://a.example/x[1]'],
    ['https://a.example/@user~x/$5,1;v=2'],
    ['https://web.archive.org/web/2020/https://b.example/c'],
    ['https://proxy.example/?url=https://b.example/c'],
    ['https://fr.example/wiki/L’Oréal'],
    ['https://en.example/wiki/Michelson–Morley_experiment'],
    ['https://he.example/wiki/צה״ל'],
    ['https://ja.example/wiki/ジョン・レノン'],
    ['https://ar.example/wiki/بحر'],
    ['https://fa.example/wiki/می\u200cخواهم'],
    ['https://a.example/a_'],
    ['https://a.example/a_(b)_(c)'],
    ['https://müller.example/'],
    ['https://💩.la/x'],
    ['https://i❤️.ws/'],
  ])('%s is one', (address) => {
    expect(parsed(`see ${address} there`)).toBe(`see <url ${new URL(address).href}> there`);
    expect(parsed(`(${address}).`)).toBe(`(<url ${new URL(address).href}>).`);
  });

  test.each([
    ['sentences', '، ؛ ؟ ۔ । ։ ። ។ 。 ， 、 ！ ？ ； ： ． ｡ ～ … ‥ ?! * ^'],
    ['brackets', '） 」 』 】 》 〉 ］ ｣ ) ] } .) "). | ||'],
    ['quotes', '” “ „ ’ » « › " \' `'],
    ['pictures', '🔥 ❤️ 👩‍👩‍👧 🇩🇪 1️⃣ → ✓ • — –'],
  ])('what %s end with is none of it: %s', (_, ends) => {
    for (const end of ends.split(' ')) {
      expect(parsed(`https://a.example/b${end}`)).toBe(`<url https://a.example/b>${end}`);
      expect(parsed(`https://a.example/b${end} and`)).toBe(`<url https://a.example/b>${end} and`);
      expect(parsed(`https://a.example${end}`)).toBe(`<url https://a.example/>${end}`);
    }
  });

  test.each([['—'], ['…'], ['،'], ['。'], ['”'], ['🔥'], ['→']])(
    'nor are %s and the following word',
    (end) => {
      expect(parsed(`https://a.example/b${end}then`)).toBe(`<url https://a.example/b>${end}then`);
    },
  );

  test.each([
    ['@HarbourTalkhttps://a.example/b', '@HarbourTalk <url https://a.example/b>'],
    ['#harbourhttps://a.example/b', '<#harbour> <url https://a.example/b>'],
    [
      'https://h.example/a.pnghttps://h.example/b.png',
      '<url https://h.example/a.png> <url https://h.example/b.png>',
    ],
    [
      'https://h.example/a.jpg?w=1,https://h.example/b',
      '<url https://h.example/a.jpg?w=1>,<url https://h.example/b>',
    ],
    ['https://a.example/|https://b.example/', '<url https://a.example/>|<url https://b.example/>'],
    [
      '[![](https://p.example/l.png)](https://s.example/p)',
      '[![](<url https://p.example/l.png>)](<url https://s.example/p>)',
    ],
    ['(https://a.example/b_(c))d', '(<url https://a.example/b_(c)>)d'],
    ['|https://a.example/b|c|', '|<url https://a.example/b>|c|'],
    ['_https://a.example/b_c_', '_<url https://a.example/b_c>_'],
    ['{"a":https://a.example/b}', '{"a":<url https://a.example/b>}'],
    [
      '[see https://a.example/b](https://c.example)',
      '[see <url https://a.example/b>](<url https://c.example/>)',
    ],
    ["'https://a.example/b's", "'<url https://a.example/b>'s"],
    ['[img]https://a.example/b.png[/img]', '[img]<url https://a.example/b.png>[/img]'],
    ['https://a.example/aและ', '<url https://a.example/a>และ'],
  ])('what is glued to one: %s', (content, expected) => expect(parsed(content)).toBe(expected));
});
