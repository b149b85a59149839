import { type ChartTheme, DARK, LIGHT } from '../../charts/chart.ts';

/** The charts' colours as the page's variables, light or dark. */
export const PAGE_CHARTS: ChartTheme = {
  background: 'none',
  text: 'var(--text)',
  muted: 'var(--muted)',
  grid: 'var(--grid)',
  gap: 'var(--gap)',
  series: [
    'var(--series-0)',
    ...LIGHT.series.slice(1).map((_, index) => `var(--series-${index + 1})` as const),
  ],
};

/** Colours of the page that charts don't have. */
interface PageColors {
  readonly page: string;
  readonly good: string;
  readonly bad: string;
}

const variables = ({ background, text, muted, grid, gap, series }: ChartTheme, page: PageColors): string =>
  Object.entries({ card: background, text, muted, grid, gap, ...page })
    .concat(series.map((color, index) => [`series-${index}`, color]))
    .map(([name, color]) => `--${name}:${color};`)
    .join('');

/** The page's style sheet. Nothing has a fixed width, so that it fits a phone. */
export const STYLE = `
:root{color-scheme:light dark;${variables(LIGHT, { page: '#f4f5f7', good: '#0b6b35', bad: '#b3172c' })}}
@media (prefers-color-scheme:dark){:root{${variables(DARK, { page: '#0d1014', good: '#5ccf8b', bad: '#ff8a93' })}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
main,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
header{max-width:76rem;margin:0 auto;padding:1.25rem 1rem 0}
h1{font-size:1.35rem;margin:0}
h2{font-size:1.1rem;margin:1.75rem 0 .6rem}
h3{font-size:1rem;margin:0}
p{margin:.35rem 0 0}
ul{list-style:none;margin:0;padding:0}
.muted,time{color:var(--muted)}
.health{margin-top:.9rem;padding:.8rem 1rem;border-radius:.6rem;background:var(--card);border:1px solid var(--grid);border-left:.4rem solid var(--good)}
.health.bad{border-left-color:var(--bad)}
.health strong{color:var(--good)}
.health.bad strong,.bad-text{color:var(--bad)}
.good-text{color:var(--good)}
.health li{margin-top:.3rem}
.cards{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr))}
.card{background:var(--card);border:1px solid var(--grid);border-radius:.6rem;padding:.8rem 1rem;min-width:0}
.numbers{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr));margin:.9rem 0 0}
.card .numbers{gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(6rem,1fr));margin-top:.6rem}
.numbers div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
main>.numbers div{background:var(--card);border:1px solid var(--grid);border-radius:.6rem;padding:.6rem .9rem}
dt{color:var(--muted);font-size:.85rem;line-height:1.25}
dd{margin:0;font-size:1.25rem;font-variant-numeric:tabular-nums}
.rows{background:var(--card);border:1px solid var(--grid);border-radius:.6rem}
.rows>li{padding:.6rem 1rem}
.rows>li+li{border-top:1px solid var(--grid)}
.head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.1rem .8rem}
.head>*{min-width:0}
.small{font-size:.9rem}
.suspended{margin-top:.7rem;padding-top:.6rem;border-top:1px solid var(--grid)}
.suspended li{margin-top:.45rem}
code{font:.9em ui-monospace,monospace}
svg{display:block;width:100%;height:auto;margin-top:.4rem}
footer{padding-top:1.5rem;padding-bottom:2rem;color:var(--muted);font-size:.9rem}
`;
