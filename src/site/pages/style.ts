import { createHash } from 'node:crypto';
import { markup } from '../../lib/markup.ts';

/** The only style sheet: system fonts, both colour schemes, phones first. It loads nothing from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fdfcfa, #16181a);
  --raised: light-dark(#f4f2ee, #202326);
  --ink: light-dark(#1d1f21, #e6e4df);
  --faint: light-dark(#6a6862, #9b9a95);
  --line: light-dark(#e3e0d9, #303438);
  --link: light-dark(#0b5c8a, #7cc4ee);
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", "Noto Serif CJK SC", "Songti SC", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Noto Sans CJK SC", sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body {
  margin: 0 auto; padding: 0 1.15rem; max-width: 42rem;
  background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.62 var(--serif);
  overflow-wrap: anywhere; text-wrap: pretty;
}
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; unicode-bidi: isolate }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px }
::selection { background: color-mix(in srgb, var(--link) 28%, transparent) }
h1, h2, h3, h4, h5, h6 { font-family: var(--sans); line-height: 1.25; margin: 1.8em 0 .5em; text-wrap: balance; letter-spacing: -.012em }
h1 { font-size: 1.85rem; margin-top: .35em }
h2 { font-size: 1.32rem }
h3 { font-size: 1.12rem }
h4, h5, h6 { font-size: 1rem }
p, ul, ol, pre, blockquote, figure, details { margin: 0 0 1em }
hr { border: 0; border-top: 1px solid var(--line); margin: 2em auto; width: 40% }
blockquote { padding: .1em 0 .1em 1.1em; border-inline-start: 3px solid var(--line); margin-inline: 0; color: var(--faint) }
blockquote > :last-child, li > :last-child, details > :last-child { margin-bottom: 0 }
blockquote.note { border: 1px solid var(--line); border-radius: .7em; padding: .8em 1.1em; color: inherit; background: var(--raised) }
blockquote.note cite { font: 600 .92rem/1.4 var(--sans) }
code { font: .88em/1.5 var(--mono); background: var(--raised); border-radius: .3em; padding: .1em .3em }
pre { background: var(--raised); border-radius: .6em; padding: .9em 1.1em; overflow-x: auto; overflow-wrap: normal }
pre code { background: none; padding: 0; font-size: .84em }
ul, ol { padding-inline-start: 1.4em }
li { margin-bottom: .3em }
.small { color: var(--faint); font-size: .92rem }
.card { border: 1px solid var(--line); border-radius: .7em; padding: .75em 1.1em; background: var(--raised) }
.card span { color: var(--faint); font: .86rem/1.4 var(--sans) }
figure { margin-inline: 0 }
img, video { display: block; max-width: 100%; height: auto; max-height: 85vh; border-radius: .6em; background: var(--raised); margin-inline: auto }
audio { width: 100% }
figcaption { color: var(--faint); font: .86rem/1.45 var(--sans); padding-top: .5em }
.gallery { display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)); margin-bottom: 1em }
.gallery figure { margin: 0 }
.gallery img, .gallery video { width: 100%; height: 100%; max-height: 24rem; object-fit: cover }
.gallery figure:has(figcaption) img { height: auto }
.portrait { border-radius: 50%; display: inline-block; vertical-align: middle; margin: 0 .6em 0 0 }
details.hidden { border: 1px dashed var(--line); border-radius: .7em; padding: .2em 1.1em }
details.hidden[open] { padding-bottom: 1em }
summary { font: 600 .95rem/1.6 var(--sans); padding: .6em 0; cursor: pointer }
.spoiler input { position: absolute; opacity: 0; width: 1px; height: 1px }
.spoiler { background: var(--faint); border-radius: .25em; cursor: pointer; position: relative }
.spoiler:has(:checked) { background: var(--raised) }
.spoiler:has(:focus-visible) { outline: 2px solid var(--link); outline-offset: 2px }
.spoiler input:not(:checked) + span { visibility: hidden }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; margin: 0 }

header { padding: 1.1rem 0 .7rem; border-bottom: 1px solid var(--line); margin-bottom: 1.6rem; font-family: var(--sans) }
.author { margin: 0 0 .55rem; font-weight: 650; font-size: 1.12rem }
.author a { color: inherit; text-decoration: none; display: inline-flex; align-items: center; gap: .7rem; min-height: 2.2rem }
.author img { width: 2.2rem; height: 2.2rem; border-radius: 50%; object-fit: cover; margin: 0 }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem 1.15rem }
nav li { margin: 0 }
header nav a { color: var(--faint); text-decoration: none; font-size: .95rem; display: inline-block; padding: .35rem 0 }
nav a:hover, .rows a:hover { text-decoration: underline }
nav a[aria-current] { color: var(--ink); font-weight: 600 }
.about { color: var(--faint); white-space: pre-line; margin-bottom: 1.2em }
.types { margin-bottom: 1.8rem }
.types ul { gap: .45rem }
.types a { font: .86rem/1 var(--sans); color: var(--faint); text-decoration: none; border: 1px solid var(--line); border-radius: 2em; padding: .5em .9em; display: inline-block }
.types a[aria-current] { background: var(--ink); border-color: var(--ink); color: var(--paper); font-weight: 500 }

main > article { padding-bottom: 1.3rem; margin-bottom: 1.5rem; border-bottom: 1px solid var(--line) }
article > h2 { margin: 0 0 .4em }
article > h2 a { color: inherit; text-decoration: none }
article > h2 a:hover { text-decoration: underline }
.when { font: .86rem/1.5 var(--sans); color: var(--faint); margin-bottom: .35em }
time { white-space: nowrap }
.when a { color: inherit; text-decoration: none }
.when a:hover { text-decoration: underline }
.icon { font-size: .95em }
.cover img { width: 100%; max-height: 20rem; object-fit: cover }
.more { font: .92rem/1.5 var(--sans) }
.post { font-size: 1.12rem; border: 0; padding: 0 }
.post > h1 { margin-bottom: .7em }
.below { font: .92rem/1.6 var(--sans); color: var(--faint); margin-top: 2.2em }
.rows { list-style: none; padding: 0 }
.rows > li { padding: .85rem 0; margin: 0; border-bottom: 1px solid var(--line) }
.rows > li > a { font: 600 1.05rem/1.35 var(--sans); color: inherit; text-decoration: none }
.rows .when, .rows .teaser { margin: .2em 0 0 }
.rows .teaser { font-size: .97rem; line-height: 1.5 }
.rows .teaser strong { background: color-mix(in srgb, var(--link) 20%, transparent); border-radius: .2em; padding: 0 .1em }
.months { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 11rem), 1fr)); gap: .1rem 1.4rem; font-family: var(--sans); font-size: .98rem }
.months li { display: flex; justify-content: space-between; padding: .35rem 0; border-bottom: 1px solid var(--line); margin: 0 }
.months span { color: var(--faint); font-variant-numeric: tabular-nums }
.turn { display: flex; justify-content: space-between; gap: 1.5rem; margin: 2rem 0; font: .98rem/1.45 var(--sans) }
.turn p { margin: 0; max-width: 48% }
.turn p:last-child { text-align: end; margin-inline-start: auto }
.turn a { text-decoration: none }
.turn small { display: block; color: var(--faint); font-size: .84rem }
form { display: flex; gap: .6rem; margin: .4rem 0 1rem }
input[type="search"] { flex: 1; min-width: 0; font: 1rem/1.4 var(--sans); color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: .6em; padding: .6em .8em }
button { font: 600 1rem/1.4 var(--sans); color: var(--paper); background: var(--ink); border: 0; border-radius: .6em; padding: .6em 1.1em; cursor: pointer }
.hint { color: var(--faint); font: .9rem/1.5 var(--sans) }
[role="alert"] { border-inline-start: 3px solid #c0392b; padding-inline-start: .8em }
footer { margin: 3rem 0 2rem; padding-top: 1rem; border-top: 1px solid var(--line); font: .86rem/1.6 var(--sans); color: var(--faint) }
footer p { margin: 0 0 .3em }
footer a { color: inherit; margin-inline-end: .5em; display: inline-block; padding: .2em 0 }
@media (min-width: 46rem) {
  header { display: flex; justify-content: space-between; align-items: center; flex-wrap: wrap; gap: .4rem 2rem }
  .author { margin: 0 }
  h1 { font-size: 2.2rem }
}
@media print { header nav, footer, .turn, .types { display: none } }
`.trim();

const digest = createHash('sha256').update(STYLE).digest('base64url').slice(0, 10);

/** Changes with the style sheet, so that clients can cache it forever. */
export const STYLE_NAME = `style-${digest}.css`;

/** The first letter of a name, as the site's icon. */
export function icon(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  const letter = first?.segment.toUpperCase() ?? '·';
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#0b5c8a" /><text x="32" y="44" text-anchor="middle" font-family="system-ui, sans-serif" font-size="36" font-weight="700" fill="#fff">${letter}</text></svg>`
    .text;
}
