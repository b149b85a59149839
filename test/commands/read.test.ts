import { naddrEncode, neventEncode, noteEncode } from 'nostr-tools/nip19';
import { expect, test } from 'vitest';
import { createCommandFixture, shown } from './command.fixture.ts';
import { sampleNotes, sequel, wren } from './sample-notes.fixture.ts';

const idOf = (name: string): string => sampleNotes.get(name)?.id ?? '';
const fog = idOf('fog');
const inFull =
  '(💬 2025-03-12 06:30 · <fog>)\nFog until ten. Then nothing but light.\n[Open in browser→njump.me] [Verify→verify <fog>]';

test.each([
  ['its code', fog.slice(0, 8)],
  ['its code in capitals', fog.slice(0, 8).toUpperCase()],
  ['a shorter code', fog.slice(0, 5)],
  ['its id', fog],
  ['a note code', noteEncode(fog)],
  ['a nevent code', neventEncode({ id: fog, author: wren.pubkey, relays: ['wss://relay.example'] })],
  ['a nostr: address', `nostr:${noteEncode(fog)}`],
  ['the address of a web client', `https://njump.me/${neventEncode({ id: fog })}`],
])('%s names a post', async (_, given) => {
  const { answer } = await createCommandFixture();
  expect(await answer(`/read ${given}`)).toBe(inFull);
});

test.each([
  ['naddr', naddrEncode({ kind: 30_023, pubkey: wren.pubkey, identifier: 'tides' })],
  ['address', `30023:${wren.pubkey}:tides`],
])('an article can be named by its %s', async (_, given) => {
  const { answer } = await createCommandFixture();
  expect(await answer(`/read ${given}`)).toBe(`(📜 2025-03-10 06:30 · <tides>)
# On tides
The sea is the slower clock, and the louder one.
# Why
Because of the moon.
[Open in browser→njump.me] [Verify→verify <tides>]`);
});

test.each([
  [
    'dawn',
    '(📷 2025-03-03 06:30 · <dawn>)\nDawn over the pier. #harbour\n{image https://pictures.example/dawn.jpg}\n[Open in browser→njump.me] [Verify→verify <dawn>]',
  ],
  [
    'wreck',
    '(💬 2025-03-07 06:30 · <wreck>)\n||Content warning: a wreck: The boat, afterwards, and who was on it.||\n[Open in browser→njump.me] [Verify→verify <wreck>]',
  ],
  [
    'answer',
    '(↩️ 2025-03-05 06:30 · <answer>)\nYes, and the one before that too.\n(↩ Replying to a note)\n[Open in browser→njump.me] [Verify→verify <answer>]',
  ],
  [
    'passed',
    '(🔁 2025-03-11 06:30 · <passed>)\nShared: a note\n[Open in browser→njump.me] [Verify→verify <passed>]',
  ],
])('%s in full', async (name, expected) => {
  const { answer } = await createCommandFixture();
  expect(await answer(`/read <${name}>`)).toBe(expected);
});

test.each([
  ['words from it', 'nothing but light'],
  ['words in any order', 'light fog'],
  ['what was suggested while it was typed', `Fog until ten. Then nothing but light. · ${fog.slice(0, 8)}`],
])('%s name a post', async (_, given) => {
  const { answer } = await createCommandFixture();
  expect(await answer(`/read ${given}`)).toBe(inFull);
});

test('a post in a series links to its neighbours and to the whole series', async () => {
  const { ask, press } = await createCommandFixture();
  const { document } = await ask('read', { line: idOf('lithium') });
  expect(shown(document).split('\n').slice(-2)).toEqual([
    '[Open in browser→njump.me] [Verify→verify <lithium>]',
    '[‹ Previous→read <grain>] [Whole series→series harbour morning missive]',
  ]);
  const before = await press('‹ Previous', document);
  expect(shown(before)).toContain('# Harbour Morning Missive – 1 March 2025');
  expect(shown(before)).toContain('[Next ›→read <lithium>] [Whole series→');
  expect(await press('Next ›', before)).toEqual(document);
  expect(shown(await press('Whole series', before))).toContain('# Harbour Morning Missive\n(2 posts');
});

test('a reply links to the post it answers', async () => {
  const later = sequel(fog);
  const { ask, press } = await createCommandFixture({ events: [...sampleNotes.values(), later] });
  const { document } = await ask('read', { line: later.id });
  expect(shown(document)).toBe(`(💬 2025-03-21 06:30 · ${later.id.slice(0, 8)})
And then the fog came back.
[Open in browser→njump.me] [Verify→verify ${later.id.slice(0, 8)}]
[Show the post it replies to→read <fog>]`);
  expect(shown(await press('Show the post it replies to', document))).toBe(inFull);
});

test.each([
  ['/read', 'Which post? Example: /read Fog until ten'],
  ['/read zzzz', 'No post found for “zzzz”. Try /search with other words – or pick one from /latest.'],
  ['/read %', 'No post found for “%”. Try /search with other words – or pick one from /latest.'],
  [
    `/read ${wren.npub}`,
    `No post found for “${wren.npub.slice(0, 40)}”. Try /search with other words – or pick one from /latest.`,
  ],
  [
    `/read ${'0'.repeat(64)}`,
    `No post found for “${'0'.repeat(40)}”. Try /search with other words – or pick one from /latest.`,
  ],
])('%s', async (line, expected) => {
  const { answer } = await createCommandFixture();
  expect(await answer(line)).toBe(expected);
});
