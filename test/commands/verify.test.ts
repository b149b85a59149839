import { expect, test } from 'vitest';
import { authorNamed } from '../../src/sandbox/relay/fake-author.ts';
import { createBench, shown } from './bench.ts';
import { library, wren } from './library.ts';

const fog = library.get('fog')!;

const how =
  '(Every post here is signed with a secret key that only its author has. A signature fits one text only: change a word, and it breaks. You need not take my word for it: elsewhere the same post has the same id.)';

test('/verify shows whose a post is, when it was signed, and where it was seen, to the asker alone', async () => {
  const { answer, ask } = await createBench();
  expect(await answer('/verify <fog>')).toBe(`# ✅ This post is genuine
*Fog until ten. Then nothing but light.*
It was signed with the key of Wren, and not a character has changed since. I checked that just now; the signature is valid.
- Signed: 2025-03-12 06:30
- Key of Wren: ${wren.npub}
- Code here: <fog>
- Full id: <fog>${fog.id.slice(8)}
- Seen at: relay.example
${how}
[See it elsewhere→njump.me] [Read it→read <fog>]`);
  expect((await ask('verify', { line: fog.id })).to).toBe('asker');
});

test.each([
  ['a quotation', 'then nothing but light'],
  ['its link', `https://njump.me/${fog.id}`],
])('%s leads to the proof', async (_, given) => {
  const { answer } = await createBench();
  expect(await answer(`/verify ${given}`)).toContain('Code here: <fog>');
});

test('a press under a post in full leads to the proof, and back', async () => {
  const { ask, press } = await createBench();
  const read = (await ask('read', { line: fog.id })).document;
  const proof = await press('Verify', read);
  expect(shown(proof)).toContain('✅ This post is genuine');
  expect(await press('Read it', proof)).toEqual(read);
});

const stranger = authorNamed('Somebody else').note('Fog until ten.');

test.each([
  [
    'whose text was changed',
    { ...fog, content: 'Fog until noon.' },
    'The text I hold is not the text that was signed.',
  ],
  [
    'with a borrowed signature',
    { ...fog, sig: stranger.sig },
    'The signature was not made with the author’s key.',
  ],
  ['of somebody else', stranger, 'It was signed with somebody else’s key.'],
  ['without a signature', { ...fog, sig: '' }, 'It does not have the form of a signed post.'],
])('a post %s is not called genuine', async (_, event, reason) => {
  const { answer } = await createBench({ events: [event] });
  const said = await answer(`/verify ${event.id}`);
  expect(said).toContain('# ⚠️ Do not trust this copy');
  expect(said).toContain(
    `The check that I made just now failed. ${reason} My copy may be damaged, or somebody has changed it.`,
  );
  expect(said).not.toMatch(/genuine|valid|fits one text/u);
});

test.each([
  ['/verify', 'Which post? Example: /verify Fog until ten'],
  [
    '/verify they never wrote this',
    'I know no post with the code or the words “they never wrote this”. /latest and /search show the codes that work.',
  ],
])('%s', async (line, expected) => {
  const { answer } = await createBench();
  expect(await answer(line)).toBe(expected);
});
