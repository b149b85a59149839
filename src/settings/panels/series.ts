import type { CommandContext } from '../../command/command.ts';
import { UserError } from '../../command/user-error.ts';
import { seriesTitles } from '../../command/views/series-titles.ts';
import { truncateText } from '../../lib/truncate-text.ts';
import { findSeries, matchesSeries } from '../../note/series.ts';
import { filterPanel } from './filter.ts';

export const seriesPanel = filterPanel({
  name: 'series',
  async all(chosen, { archive }) {
    const names = (await archive.series()).map(({ name }) => name);
    // A series that no longer has posts can still be removed.
    return [...names, ...chosen.filter((one) => !names.includes(one))];
  },
  async resolve(typed, { archive, texts }) {
    const all = await archive.series();
    const found = findSeries(all, typed);
    const [best] = found;
    if (best && typed !== '' && (found.length === 1 || matchesSeries(best, typed))) return best.name;
    if (found.length > 1 && typed !== '')
      throw new UserError(
        `${texts.series.which(truncateText(typed, 80))}\n${found.map(({ name }) => name).join('\n')}`,
      );
    throw new UserError(texts.series.unknown(truncateText(typed, 80)));
  },
  titles: titlesOf,
});

/** The names of series as the author writes them. */
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
