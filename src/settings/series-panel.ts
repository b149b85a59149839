import type { CommandContext } from '../command/command.ts';
import { Problem } from '../command/problem.ts';
import { seriesTitles } from '../command/series-titles.ts';
import { isNamed, seriesLike } from '../note/series.ts';
import { shortened } from '../note/shortened.ts';
import { picksPanel } from './picks-panel.ts';

export const seriesPanel = picksPanel({
  name: 'series',
  async all(chosen, { archive }) {
    const names = (await archive.series()).map(({ name }) => name);
    // One that has lost its pieces can still be taken back.
    return [...names, ...chosen.filter((one) => !names.includes(one))];
  },
  async meant(typed, { archive, texts }) {
    const all = await archive.series();
    const found = seriesLike(all, typed);
    const [best] = found;
    if (best && typed !== '' && (found.length === 1 || isNamed(best, typed))) return best.name;
    if (found.length > 1 && typed !== '')
      throw new Problem(
        `${texts.series.which(shortened(typed, 80))}\n${found.map(({ name }) => name).join('\n')}`,
      );
    throw new Problem(texts.series.unknown(shortened(typed, 80)));
  },
  titles: titlesOf,
});

/** Series as the author writes their names. */
export async function titlesOf(
  names: readonly string[],
  { archive }: Pick<CommandContext, 'archive'>,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const all = await archive.series();
  const known = names.flatMap((name) => all.find((one) => one.name === name) ?? []);
  const titles = await seriesTitles(known, archive);
  return names.map((name) => titles[known.findIndex((one) => one.name === name)] ?? name);
}
