import { type Cases, OTHER } from './case.fixture.ts';

const whole = `# The tide machine

It stands in a *cold* room and **never** hurries. See [the almanac](https://almanac.example/tide "Almanac"), or
https://almanac.example/plain, or ask nostr:${OTHER.npub}.

## What it is made of

- brass
- chains
  - forty wheels
  - one crank
- patience

1. turn
2. wait

   and wait on
3. read

> The sea is the slower clock.
>
> > And the louder one.

![The machine from above](https://pictures.example/machine.jpg "Machine")

\`\`\`js
const tide = (hour) => Math.sin(hour / 6.2) * 2; // @everyone
\`\`\`

Inline \`code\`, a line\\
broken by hand, ~~nothing struck~~, and <b>HTML</b>.

| hour | height |
| ---- | -----: |
| 06   |    1.2 |
| 12   |   -0.4 |

<div align="center">centred</div>

* * *

#### Deep down

The end. ![](https://pictures.example/end.png) #tides

[unused]: https://almanac.example/unused
`;

/** Articles (NIP-23) are Markdown. */
export const articles: Cases = {
  'article-in-full': {
    kind: 30_023,
    content: whole,
    tags: [
      ['d', 'tide-machine'],
      ['title', 'The tide machine'],
      ['summary', 'Forty wheels and a crank.'],
      ['image', 'https://pictures.example/cover.jpg'],
      ['published_at', '1750000000'],
      ['t', 'tides'],
    ],
  },
  'article-without-title': {
    kind: 30_023,
    content: 'Nothing but a paragraph, and a [link](https://almanac.example/a).',
    tags: [['d', 'untitled']],
  },
  'article-with-odd-links': {
    kind: 30_023,
    content:
      '[run](javascript:alert(1)), [file](file:///etc/passwd), [https://bank.example](https://evil.example), ' +
      `[somebody](nostr:${OTHER.npub}), [a note](nostr:${OTHER.nevent}), <https://almanac.example/auto>, ` +
      '[![a picture that links](https://pictures.example/small.png)](https://almanac.example/b)',
    tags: [
      ['d', 'odd'],
      ['title', 'Odd links'],
    ],
  },
  'article-with-disguised-links': {
    kind: 30_023,
    content: [
      'Unseen: [bank\u200e.example](https://evil.example/1), [bank&#x200e;.example](https://evil.example/2), [bank.\u034fexample](https://evil.example/3).',
      'Dots: [bank\u2024example](https://evil.example/4), [bank。example](https://evil.example/5), [bank．example](https://evil.example/6), [bank｡example](https://evil.example/7).',
      'Schemes: [https：//bank](https://evil.example/8), [https:⁄⁄bank](https://evil.example/9), [bank：443](https://evil.example/10).',
      'Mail and numbers: [help@bank\u200e.example](https://evil.example/11), [127.0.0.1](https://evil.example/12), [2130706433](https://evil.example/13), [2001:db8::1](https://evil.example/14).',
      '## [bank🔥.example](https://evil.example/15)',
      '| [bank🔒.example](https://evil.example/16) |\n| --- |\n| [bank\u2060.example](https://evil.example/17) |',
      '- [![bank\u200b.example](https://pictures.example/1.png)](https://evil.example/18)',
      '> [bank][away]\n\n[away]: https://evil.example/19 "Away"',
    ].join('\n\n'),
    tags: [
      ['d', 'disguised'],
      ['title', 'Disguised links'],
    ],
  },
  'article-with-links-side-by-side': {
    kind: 30_023,
    content: [
      '[bank](https://evil.example/1)[.example](https://evil.example/1), **[bank](https://evil.example/2)**[.example](https://evil.example/3), [bank](https://evil.example/4)&#x200e;*[.example](https://evil.example/4)*.',
      '[bank](https://evil.example/5).example, https&#58;//[bank](https://evil.example/6), bank[.](https://evil.example/7)example.',
      '[the bank](https://evil.example/8) [the port](https://evil.example/9), [tide](https://almanac.example/a)s.',
    ].join('\n\n'),
    tags: [
      ['d', 'side-by-side'],
      ['title', 'Side by side'],
    ],
  },
  'article-with-markup-in-labels': {
    kind: 30_023,
    content:
      'By [\\_the\\_ crane](https://crane.example/a), [2 \\* 3 \\* 4](https://crane.example/b), ' +
      '[snake\\_case\\_name](https://crane.example/c) and [a || b || c](https://crane.example/d).',
    tags: [
      ['d', 'labels'],
      ['title', 'Labels'],
    ],
  },
  'article-with-innocent-labels': {
    kind: 30_023,
    content:
      'Read [the article](https://almanac.example/a) on [Node.js](https://almanac.example/b) [v1.2.3](https://almanac.example/c), ' +
      '[U.S. tariffs](https://almanac.example/d), [e.g. this](https://almanac.example/e), [12.05.2024](https://almanac.example/f), ' +
      '[你好。世界](https://almanac.example/g)，[约翰·史密斯](https://almanac.example/h)，[almanac.example](https://almanac.example/i) ' +
      'and [almanac.example/k](https://almanac.example/k).',
    tags: [
      ['d', 'innocent'],
      ['title', 'Innocent labels'],
    ],
  },
  'article-with-secrets': {
    kind: 30_023,
    content: `Code \`${OTHER.nsec}\`, [a link](https://wallet.example/#${OTHER.cashu}) and\n\n    ${OTHER.nsec}\n\nhttps://njump.me/${OTHER.nsec}`,
    tags: [
      ['d', 'secrets'],
      ['title', `Key ${OTHER.nsec}`],
    ],
  },
  'article-with-soft-lines': {
    kind: 30_023,
    content:
      'A line that\nthe editor broke,\nand another.\n\nOne with two spaces  \nat its end.\n\n\n\n---\n\nThe end.',
    tags: [
      ['d', 'soft'],
      ['title', 'Soft lines'],
    ],
  },
  'article-with-tables': {
    kind: 30_023,
    content:
      'Prices at the gate:\n\n| ware | price | 港 |\n| :--- | ----: | :-: |\n| salt | **1.20** | 东 |\n| grain, new | 104 | 西 |\n\n' +
      'And who asks for them:\n\n| name | what they do all day | page |\n|---|---|---|\n' +
      '| Ferry office | sells tickets, and more often does not | [hours](https://harbour.example/hours) |\n' +
      `| nostr:${OTHER.npub} | counts wheels | |\n\nNo | table\nat | all`,
    tags: [
      ['d', 'tables'],
      ['title', 'Two tables'],
    ],
  },
  'article-with-strikes': {
    kind: 30_023,
    content:
      'It cost ~~forty *brass* wheels~~ forty-one, ~~https://almanac.example/old~~ and ~~ nothing ~~, 3~~4, ~one~.',
    tags: [
      ['d', 'strikes'],
      ['title', 'Corrections'],
    ],
  },
  'article-with-tasks': {
    kind: 30_023,
    content:
      '- [x] oil the chains\n- [ ] count the **wheels**\n- [link](https://almanac.example/a)\n\n1. [X] done',
    tags: [
      ['d', 'tasks'],
      ['title', 'This week'],
    ],
  },
  'article-with-footnotes': {
    kind: 30_023,
    content:
      'It never hurries.[^1] Nobody knows why.[^note]\n\nSee [the almanac][a] or [a] or [nothing][b], and ![pier].\n\n' +
      '[^1]: https://almanac.example/hurry\n[^note]: Ask the keeper, on a Sunday.\n\n[a]: https://almanac.example/tide "Almanac"\n[pier]: https://pictures.example/pier.jpg',
    tags: [
      ['d', 'notes'],
      ['title', 'With notes'],
    ],
  },
  'article-with-odd-tables': {
    kind: 30_023,
    content: [
      '| a | b |\n| --- | --- |\n| 1 \\| 2 | IMPORTANT WORDS |\n| `x \\| y` | **more** | and one too many |',
      '- in an item:\n\n  | hour | height |\n  | ---: | :----- |\n  | 06 | 1.2 |\n\n- the list goes on',
      '1. code in an item\n\n   ```sh\n   tide --now\n   ```\n\n2. and a picture ![the pier](https://pictures.example/pier.jpg)\n3. the end',
      '> | in | a quote |\n> | -- | ------- |\n> | yes | indeed |',
      '| no | rows |\n| -- | ---- |',
      '| first<br>line | two |\n| - | - |\n| a | ![b](https://pictures.example/b.jpg) |',
    ].join('\n\n'),
    tags: [
      ['d', 'odd-tables'],
      ['title', 'Odd tables'],
    ],
  },
  'article-with-long-footnotes': {
    kind: 30_023,
    content:
      'Twice.[^a] And again.[^a] Unknown.[^b]\n\n[^a]: First, see `code`.\n\n    Second: https://almanac.example/two\n\n    - a list\n\nThe end.',
    tags: [
      ['d', 'long-notes'],
      ['title', 'Long notes'],
    ],
  },
  'article-of-html': {
    kind: 30_023,
    content: [
      '<!DOCTYPE html>\n<html><head><title>Gone</title><style>p { color: red }</style></head><body>',
      '<h1 align="center">The pier &amp; the tide</h1>\n<p>It is <b>cold</b>, <i>wet</i> and <s>loud</s> <u>here</u>.<br>Press <kbd>Esc</kbd>, 10<sup>6</sup> times, H<sub>2</sub>O.<p>A <a href="https://almanac.example/a?b=1&amp;c=2">link</a>, <a name="here">an anchor</a>, <a href="javascript:alert(1)">a trap</a>.',
      '<ul><li>one<li>two <em>x</em><ol start="3"><li>three</ol></ul>',
      '<blockquote><p>The sea</p><cite>Anon</cite></blockquote><hr>',
      '<pre><code class="language-js">if (a &lt; b) {\n  tide();\n}</code></pre>',
      '<figure><a href="https://pictures.example/big.jpg"><img src="https://pictures.example/small.jpg" alt="The pier"></a><figcaption>From above</figcaption></figure>',
      '<table><tr><th>hour</th><th>height</th></tr><tr><td>06</td><td>1.2</td></tr></table>',
      '<iframe width="560" src="https://video.example/embed/1" allowfullscreen></iframe>\n<video controls><source src="https://video.example/1.mp4"></video><audio src="//audio.example/stream">Nothing heard</audio>',
      '<details><summary>More</summary>\n\nMarkdown *inside* #tides\n\n</details>',
      '<script>alert("@everyone")</script><svg><text>drawn</text></svg></body></html>',
    ].join('\n\n'),
    tags: [
      ['d', 'html'],
      ['title', 'HTML'],
    ],
  },
  'article-with-some-html': {
    kind: 30_023,
    content: [
      'Words <img src=https://pictures.example/1.jpg alt=one> in <span style="color:red">the **middle**</span>,<!-- a comment --> and <font size=2>small</font>.',
      '<center>**Bold** in a [centre](https://almanac.example/c)</center>',
      '<div align="center">\n\n## A heading\n\n</div>',
      'In code it stays: `<b>x</b>`, \\<b> and &lt;i&gt;.\n\n```html\n<img src="x">\n```',
      'Write <your name> into Vec<String>, where a <b and c> d; <blink>unknown</blink> <o:p>tags</o:p> go.',
      `<a href="https://evil.example">bank.example</a>, <p hidden>@everyone</p> <span>nostr:${OTHER.npub}</span> <b>${OTHER.nsec.slice(0, 12)}<!-- -->${OTHER.nsec.slice(12)}</b>`,
      '<p>unclosed <b>bold <a href="https://almanac.example/x>broken</a> "quote"\n\n</i>stray<br/>line one<br>\nline two',
      '<!-- never closed\n\nThe end.',
    ].join('\n\n'),
    tags: [
      ['d', 'some-html'],
      ['title', 'Some HTML'],
    ],
  },
  'article-with-tags': {
    kind: 30_023,
    content: 'Short.',
    tags: [['d', 'tags'], ['title', 'Tagged'], ...['tides', 'machines', 'brass'].map((tag) => ['t', tag])],
  },
  'article-of-a-cover': {
    kind: 30_023,
    content: '',
    tags: [
      ['d', 'cover'],
      ['title', 'Only a cover'],
      ['image', 'https://pictures.example/cover.jpg'],
    ],
  },
  'article-without-anything': { kind: 30_023, content: '', tags: [['d', '']] },
  'article-with-deep-quotes': { kind: 30_023, content: `${'> '.repeat(12)}deep\n\nnot deep` },
  'article-with-bottomless-quotes': { kind: 30_023, content: `${'>'.repeat(200)} deep` },
  'article-overwrought': { kind: 30_023, content: `${'*a '.repeat(400)}b${'*'.repeat(400)}` },
};
