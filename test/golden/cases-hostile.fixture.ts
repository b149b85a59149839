import { type Cases, OTHER } from './case.fixture.ts';

const latin =
  'The tide came in as it always does, without a word, and took with it what had been left too near. Nobody complained. ';
const chinese =
  '潮水像往常一样涨上来，一句话也没有说，带走了放得太近的东西。没有人抱怨，只有海鸥在屋顶上议论纷纷。';

/** The text once more and again, in paragraphs, until it is `length` characters long. */
function lengthened(piece: string, perParagraph: number, length: number): string {
  const paragraph = piece.repeat(perParagraph).trim();
  return `${paragraph}\n\n`
    .repeat(Math.ceil(length / paragraph.length))
    .slice(0, length)
    .trim();
}

/** Long, odd and ill-meant texts. */
export const hostile: Cases = {
  'long-missive-latin': `What the tide took\n\n${lengthened(latin, 4, 6_000)}`,
  'long-missive-chinese': `潮水带走了什么\n\n${lengthened(chinese, 4, 6_000)}`,
  'long-single-paragraph': latin.repeat(45).trim(),
  'long-without-spaces': 'tide'.repeat(1_500),
  'long-64-kib': lengthened(latin, 6, 65_536),
  'markup-shown-literally':
    '*a* _b_ __c__ ~~d~~ ||e|| `f` [g](https://a.example) ![h](https://a.example/i)\n# j\n## k\n> l\n>>> m\n- n\n-# o\n1. p\n```\nq\n```',
  'html-shown-literally':
    '<b>bold</b> &amp; &#39; <a href="https://a.example">x</a> <script>alert(1)</script> 5 < 6 > 4',
  'code-shown-literally':
    'if (a[0] && b_c_d) {\n  return *p || "\\n";\n}\n\nC:\\harbour\\*.* and snake_case_name and ¯\\_(ツ)_/¯',
  'pings-are-harmless':
    '@everyone @here <@123456789012345678> <@&123456789012345678> <#123456789012345678> </latest:1> <t:1750000000:R> <id:home> @durov /start /start@postrider_bot wren@harbour.example a/b',
  'secrets-left-out': `My key is nostr:${OTHER.nsec} and again ${OTHER.nsec}.\n\nMy money: ${OTHER.cashu}`,
  'marks-in-thousands': `H${'\u0301'.repeat(5_000)}i there, e\u0301 and a\u0300\u0323.`,
  'invisible-characters':
    'pay\u200bpal \u202elacipyt\u202c \u2066isolated\u2069 soft\u00adhyphen zero\u2060width \ufeffmark nul\u0000bell\u0007 persian می\u200cخواهم',
  'lines-in-hundreds': Array.from({ length: 200 }, (_, index) => `${index}`).join('\n\n\n\n'),
};
