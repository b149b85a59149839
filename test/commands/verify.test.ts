import { expect, test } from 'vitest';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { createCommandFixture, shown } from './command.fixture.ts';
import { sampleNotes, wren } from './sample-notes.fixture.ts';

const fog = sampleNotes.get('fog')!;

const how =
  "(Each post is signed with a key only the author has; changing a single character breaks the signature. Don't take my word for it: look the same ID up elsewhere.)";

test('/verify shows a post’s author, signing time and relays, only to the user', async () => {
  const { answer, ask } = await createCommandFixture();
  expect(await answer('/verify <fog>')).toBe(`# ✅ Verified: this post is authentic
*Fog until ten. Then nothing but light.*
Signed with Wren's key and unchanged since. I checked the signature just now.
- Signed: 2025-03-12 06:30
- Wren's public key: ${wren.npub}
- Short ID: <fog>
- Full ID: <fog>${fog.id.slice(8)}
- Relays: relay.example
${how}
[Check it elsewhere→njump.me] [Read post→read <fog>]`);
  expect((await ask('verify', { line: fog.id })).to).toBe('user');
});

test.each([
  ['a quotation', 'then nothing but light'],
  ['its link', `https://njump.me/${fog.id}`],
])('%s finds the post to verify', async (_, given) => {
  const { answer } = await createCommandFixture();
  expect(await answer(`/verify ${given}`)).toContain('Short ID: <fog>');
});

test('a button below a full post opens the verification, and one leads back', async () => {
  const { ask, press } = await createCommandFixture();
  const read = (await ask('read', { line: fog.id })).document;
  const proof = await press('Verify', read);
  expect(shown(proof)).toContain('✅ Verified: this post is authentic');
  expect(await press('Read post', proof)).toEqual(read);
});

const stranger = authorNamed('Somebody else').note('Fog until ten.');

test.each([
  [
    'whose text was changed',
    { ...fog, content: 'Fog until noon.' },
    "The text doesn't match what was signed.",
  ],
  [
    'with a borrowed signature',
    { ...fog, sig: stranger.sig },
    "The signature wasn't made with the author's key.",
  ],
  ['of somebody else', stranger, "It was signed with someone else's key."],
  ['without a signature', { ...fog, sig: '' }, "It isn't a validly signed post."],
])('a post %s is not called genuine', async (_, event, reason) => {
  const { answer } = await createCommandFixture({ events: [event] });
  const said = await answer(`/verify ${event.id}`);
  expect(said).toContain("# ⚠️ Not verified – don't trust this copy");
  expect(said).toContain(`The check failed. ${reason} My copy may be damaged, or someone changed it.`);
  expect(said).not.toMatch(/authentic|unchanged|valid signature/u);
});

test.each([
  ['/verify', 'Which post? Example: /verify Fog until ten'],
  [
    '/verify they never wrote this',
    'No post found for “they never wrote this”. Try /search with other words – or pick one from /latest.',
  ],
])('%s', async (line, expected) => {
  const { answer } = await createCommandFixture();
  expect(await answer(line)).toBe(expected);
});
