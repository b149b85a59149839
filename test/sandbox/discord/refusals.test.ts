import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeDiscord, startDiscord } from '../../../sandbox/discord/discord.ts';
import type { Channel } from '../../../sandbox/discord/world/model.ts';
import { addTestGuild, call, display, errorLeaves, V2 } from './discord.fixture.ts';

let discord: FakeDiscord;
let channel: Channel;
beforeAll(async () => {
  discord = await startDiscord({ limits: 'off' });
  ({ channel } = addTestGuild(discord));
});
afterAll(() => discord.stop());

const v2 = (...components: unknown[]) => ({ flags: V2, components });
const row = (...components: unknown[]) => ({ type: 1, components });
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const link = (url: string) => ({ type: 2, style: 5, label: 'Open', url });
const image = (url = 'https://media.example/a.png') => ({ media: { url } });
const gallery = (count: number) => ({ type: 12, items: Array.from({ length: count }, () => image()) });
const many = (count: number) => Array.from({ length: count }, () => display('x'));
const select = (count: number) => ({
  type: 3,
  custom_id: 's',
  options: Array.from({ length: count }, (_, n) => ({ label: `${n}`, value: `${n}` })),
});

test.each<[string, object, number, string?]>([
  ['nothing', {}, 50006],
  ['blanks alone', { content: ' \n ' }, 50006],
  ['buttons alone', { components: [row(button())] }, 50006],
  ['a layout without components', v2(), 50006],
  ['2001 characters', { content: 'x'.repeat(2001) }, 50035, 'content: BASE_TYPE_MAX_LENGTH'],
  ['a number for content', { content: 5 }, 50035, 'content: STRING_TYPE_CONVERT'],
  ['a nonce of 26 characters', { content: 'x', nonce: 'n'.repeat(26) }, 50035, 'nonce: BASE_TYPE_MAX_LENGTH'],
  [
    '11 embeds',
    { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) },
    50035,
    'embeds: BASE_TYPE_MAX_LENGTH',
  ],
  ['an empty embed', { embeds: [{}] }, 50035, 'embeds.0.description: BASE_TYPE_REQUIRED'],
  [
    'an embed title of 257',
    { embeds: [{ title: 'x'.repeat(257) }] },
    50035,
    'embeds.0.title: BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an embed description of 4097',
    { embeds: [{ description: 'x'.repeat(4097) }] },
    50035,
    'embeds.0.description: BASE_TYPE_MAX_LENGTH',
  ],
  [
    'embeds of 6001 in sum',
    { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
    50035,
    'embeds: MAX_EMBED_SIZE_EXCEEDED',
  ],
  [
    '26 fields',
    { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'n', value: 'v' })) }] },
    50035,
    'embeds.0.fields: BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a field without value',
    { embeds: [{ fields: [{ name: 'n' }] }] },
    50035,
    'embeds.0.fields.0.value: BASE_TYPE_REQUIRED',
  ],
  [
    'an embed link to ftp',
    { embeds: [{ title: 't', url: 'ftp://host.example/' }] },
    50035,
    'embeds.0.url: URL_TYPE_INVALID_SCHEME',
  ],
  [
    'an embed link that is none',
    { embeds: [{ title: 't', url: 'here' }] },
    50035,
    'embeds.0.url: URL_TYPE_INVALID_URL',
  ],
  [
    'parse and a list of the same kind',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1212912443513110528'] } },
    50035,
    'allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  [
    'an unknown kind of mention',
    { content: 'x', allowed_mentions: { parse: ['all'] } },
    50035,
    'allowed_mentions.parse.0: BASE_TYPE_CHOICES',
  ],
  [
    'six rows',
    { content: 'x', components: Array.from({ length: 6 }, (_, n) => row(button({ custom_id: `${n}` }))) },
    50035,
    'components: BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a text display without the flag',
    { content: 'x', components: [display('x')] },
    50035,
    'components.0.type: UNION_TYPE_CHOICES',
  ],
  [
    'a row of six',
    {
      content: 'x',
      components: [row(...Array.from({ length: 6 }, (_, n) => button({ custom_id: `${n}` })))],
    },
    50035,
    'components.0.components: BASE_TYPE_BAD_LENGTH',
  ],
  [
    'an empty row',
    { content: 'x', components: [row()] },
    50035,
    'components.0.components: BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a custom id twice',
    { content: 'x', components: [row(button(), button())] },
    50035,
    'components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a custom id of 101',
    { content: 'x', components: [row(button({ custom_id: 'x'.repeat(101) }))] },
    50035,
    'components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a label of 81',
    { content: 'x', components: [row(button({ label: 'x'.repeat(81) }))] },
    50035,
    'components.0.components.0.label: BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button without label',
    { content: 'x', components: [row(button({ label: '' }))] },
    50035,
    'components.0.components.0: BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
  ],
  [
    'a link of 513',
    { content: 'x', components: [row(link(`https://a.example/${'x'.repeat(495)}`))] },
    50035,
    'components.0.components.0.url: BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a link to nostr:',
    { content: 'x', components: [row(link('nostr://npub1x'))] },
    50035,
    'components.0.components.0.url: URL_TYPE_INVALID_SCHEME',
  ],
  [
    'a select beside a button',
    { content: 'x', components: [row(button(), select(1))] },
    50035,
    'components.0.components.1: COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  [
    '26 choices',
    { content: 'x', components: [row(select(26))] },
    50035,
    'components.0.components.0.options: BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a select of which two are chosen where one may be',
    {
      content: 'x',
      components: [
        row({ ...select(0), options: ['a', 'b'].map((value) => ({ label: value, value, default: true })) }),
      ],
    },
    50035,
    'components.0.components.0: SELECT_COMPONENT_TOO_MANY_DEFAULTS',
  ],
  [
    'a select of more than there is to choose',
    { content: 'x', components: [row({ ...select(2), max_values: 3 })] },
    50035,
    'components.0.components.0.max_values: SELECT_COMPONENT_MAX_VALUES_TOO_LARGE',
  ],
  [
    'a select of at least two and at most one',
    { content: 'x', components: [row({ ...select(3), min_values: 2 })] },
    50035,
    'components.0.components.0.min_values: SELECT_COMPONENT_MIN_VALUES_TOO_LARGE',
  ],
  [
    'a role select with a user in it',
    {
      content: 'x',
      components: [
        row({ type: 6, custom_id: 's', default_values: [{ id: '42000000000000000', type: 'user' }] }),
      ],
    },
    50035,
    'components.0.components.0.default_values.0.type: BASE_TYPE_CHOICES',
  ],
  [
    'a layout with content',
    { content: 'x', ...v2(display('x')) },
    50035,
    'content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'a layout with embeds',
    { embeds: [{ title: 'x' }], ...v2(display('x')) },
    50035,
    'embeds: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  ['an empty text display', v2(display('')), 50035, 'components.0.content: BASE_TYPE_BAD_LENGTH'],
  [
    '4001 characters in sum',
    v2(display('x'.repeat(2000)), { type: 17, components: [display('x'.repeat(2001))] }),
    50035,
    'components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  [
    '41 components',
    v2({ type: 17, components: many(40) }),
    50035,
    'components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  ['10,171 bytes', v2(display('字'.repeat(3386) + 'x')), 0],
  ['a gallery of 11', v2(gallery(11)), 50035, 'components.0.items: BASE_TYPE_BAD_LENGTH'],
  ['a gallery of none', v2(gallery(0)), 50035, 'components.0.items: BASE_TYPE_BAD_LENGTH'],
  [
    'alt text of 1025',
    v2({ type: 12, items: [{ ...image(), description: 'x'.repeat(1025) }] }),
    50035,
    'components.0.items.0.description: BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a section without accessory',
    v2({ type: 9, components: [display('x')] }),
    50035,
    'components.0.accessory: BASE_TYPE_REQUIRED',
  ],
  [
    'a section of four',
    v2({ type: 9, components: many(4), accessory: { type: 11, ...image() } }),
    50035,
    'components.0.components: BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a container in a container',
    v2({ type: 17, components: [{ type: 17, components: many(1) }] }),
    50035,
    'components.0.components.0.type: UNION_TYPE_CHOICES',
  ],
  ['a bare button', v2(button()), 50035, 'components.0.type: UNION_TYPE_CHOICES'],
  [
    'a file by URL',
    v2({ type: 13, file: { url: 'https://media.example/a.pdf' } }),
    50035,
    'components.0.file.url: URL_TYPE_INVALID_SCHEME',
  ],
  [
    'an attachment that is not there',
    v2({ type: 12, items: [image('attachment://a.png')] }),
    50035,
    'components: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  [
    'attachment data that is not there',
    { content: 'x', attachments: [{ id: 0 }] },
    50035,
    'attachments.0.id: ATTACHMENT_NOT_FOUND',
  ],
  [
    'an answer to nothing',
    { content: 'x', message_reference: { message_id: '1212912443513110528' } },
    50035,
    'message_reference: REPLIES_UNKNOWN_MESSAGE',
  ],
])('a message of %s is refused', async (_name, body, code, leaf) => {
  const answer = await call(discord, 'POST', `/channels/${channel.id}/messages`, body);
  expect(answer.status).toBe(code === 0 ? 500 : 400);
  expect(answer.body['code']).toBe(code);
  expect(errorLeaves(answer.body['errors'])).toEqual(expect.arrayContaining(leaf ? [leaf] : []));
  expect(discord.messages(channel)).toEqual([]);
});

test('values at the limit are accepted', async () => {
  const bodies = [
    { content: '😀'.repeat(2000) },
    v2(display('x'.repeat(4000))),
    v2({ type: 17, components: many(39) }),
    v2(display('字'.repeat(3386))),
    {
      content: 'x',
      nonce: 'n'.repeat(25),
      components: Array.from({ length: 5 }, (_, n) => row(button({ custom_id: `${n}` }))),
    },
  ];
  for (const body of bodies)
    expect(await call(discord, 'POST', `/channels/${channel.id}/messages`, body)).toMatchObject({
      status: 200,
    });
});

test('an unknown route is refused and recorded', async () => {
  expect(await call(discord, 'GET', '/nowhere')).toMatchObject({
    status: 404,
    body: { code: 0, message: '404: Not Found' },
  });
  expect(discord.unknownRequests()).toMatchObject([{ method: 'GET', path: '/nowhere', status: 404 }]);
});
