import { type Cases, OTHER } from './case.ts';

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
};
