import { defineCommand } from '../src/command/command.ts';
import { caption } from '../src/command/listing.ts';
import { Problem } from '../src/command/problem.ts';
import { buttons } from '../src/note/document.ts';
import { readPointer } from '../src/note/pointer.ts';
import { codeOf } from '../src/note/present.ts';

/** One note in full, named by the code that lists show, its id, or a Nostr code (NIP-19). */
export const read = defineCommand({
  name: 'read',
  answerTo: 'everyone',
  for: 'readers',
  options: { note: { type: 'string', required: true, maxLength: 1_000 } },
  async run({ note: given }, { archive, present, texts }) {
    const note = await archive.find(keyIn(given));
    if (!note) throw new Problem(texts.read.notFound(given.slice(0, 40)));
    const parent = note.replyTo ? await archive.find(note.replyTo) : undefined;
    return [
      caption(note, texts),
      ...(await present(note)),
      ...(parent
        ? [buttons([{ label: texts.read.readThat, press: `read ${codeOf(parent)}`, manner: 'add' }])]
        : []),
    ];
  },
});

/** What the archive is to look for: codes are also pasted from web clients, whole addresses included. */
function keyIn(given: string): string {
  const code = given.trim().replace(/^.*[/:]/u, '');
  const pointer = readPointer(code);
  if (pointer?.type === 'event') return pointer.id;
  if (pointer?.type === 'address') return `${pointer.kind}:${pointer.pubkey}:${pointer.identifier}`;
  return given.trim().toLowerCase();
}
