import type { Series } from '../../note/series.ts';
import { seriesTitle } from '../../note/series.ts';
import type { ReadableArchive } from '../../store/archive.ts';

/** The names of series with the author's capitals, taken from the newest post of each. */
export function seriesTitles(
  all: readonly Series[],
  archive: Pick<ReadableArchive, 'notesInSeries'>,
): Promise<readonly string[]> {
  return Promise.all(
    all.map(async ({ name }) => {
      const [newest] = (await archive.notesInSeries(name, { count: 1 })).notes;
      return newest?.title === undefined ? name : seriesTitle(newest.title);
    }),
  );
}
