import type { AuthorClient } from './clients/author-client.ts';
import type { Program } from './program.ts';
import type { ProgressLine } from './progress.ts';

/** What the author publishes while Postrider is off. */
const PUBLISHED_MEANWHILE = [
  'The night ferry came in at four with its lamps still lit. #harbour',
  'Two hundred and twelve steps to the signal tower. I counted twice and got two answers.',
  'A boy on the quay sells maps of the quay. Business is good.',
  'The potters of Hudie have written back: they want more flower pots. #hudie',
  'Rain at noon, and everybody under one awning. Best conversation of the week.',
  'The lock keeper has named the new gate after his dog. The dog is not impressed. #lanwan',
  'Somebody painted the old crane blue. Nobody knows who. Everybody approves.',
  'The library train is late; the passengers ask that it be later.',
  'Figures for the day: 28 barges, one wedding, no collisions. #harbour',
  'The tea house puts a fifth chair at every table now. Four was never enough.',
  'Evening. The river is the colour of the inside of a shell.',
  'Good night from Lanwan (蓝湾). Send topics; tomorrow is empty. #lanwan',
];

/** Stops the program, publishes a dozen notes, and starts it again: both chats get a single digest. */
export async function haveDowntime(
  program: Pick<Program, 'whileStopped'>,
  author: Pick<AuthorClient, 'write'>,
  progress: ProgressLine,
): Promise<void> {
  const state = { archived: 1, of: 1 };
  await program.whileStopped(() => {
    progress.show((words) => words.progress.offline, { ...state, ready: false });
    // A note dated in the same second as the first start wouldn't count as new.
    for (const [index, text] of PUBLISHED_MEANWHILE.entries()) author.write(text, { aheadS: index + 1 });
  });
  progress.show((words) => words.progress.back(PUBLISHED_MEANWHILE.length), { ...state, ready: true });
}
