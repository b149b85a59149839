import { ComponentType } from 'discord.js';
import { expect, test } from 'vitest';
import { decodeCallback } from '../../src/command/callback-codec.ts';
import { buttons, callback, paragraph, type Select, text } from '../../src/note/document.ts';
import { buttonRows, toKeyboard } from '../../src/platform/telegram/render/keyboard.ts';
import { flat, messagesOf } from './discord/render.fixture.ts';

const days = ['Monday', 'Tuesday', 'Wednesday'];
const choice = (more: Partial<Select> = {}): Select => ({
  type: 'select',
  label: 'Day…',
  options: days.map((day) => ({ value: day.toLowerCase(), label: day })),
  selected: ['tuesday'],
  amount: 'one',
  callback: callback('settings', { screen: 'schedule', value: '' }),
  responseMode: 'replace',
  ...more,
});
const componentsOf = (...document: Parameters<typeof messagesOf>[0]) =>
  flat(messagesOf(document)[0]?.components ?? []) as unknown as readonly Record<string, unknown>[];
const selectOf = (one: Select) =>
  componentsOf(paragraph(text('x')), one).find(({ type }) => type !== 17 && type !== 1 && type !== 10);

test('on a card what there is to choose stands where it is said, and shows what is chosen, with its label above', () => {
  const components = componentsOf(paragraph(text('before')), choice(), paragraph(text('behind')));
  expect(components.map(({ type, content }) => content ?? type)).toEqual([
    ComponentType.Container,
    'before',
    '**Day**',
    ComponentType.ActionRow,
    ComponentType.StringSelect,
    'behind',
  ]);
  expect(components[4]).toMatchObject({
    placeholder: 'Day…',
    min_values: 1,
    max_values: 1,
    options: [{ value: 'monday' }, { value: 'tuesday', default: true }, { value: 'wednesday' }],
  });
});

test('where nothing is chosen the select says what it is about, and nothing stands above', () => {
  const components = componentsOf(paragraph(text('before')), choice({ selected: [] }));
  expect(components.map(({ content }) => content).filter(Boolean)).toEqual(['before']);
});

test.each([
  ['any', { min_values: 0, max_values: 3 }],
  ['at most one', { min_values: 0, max_values: 1 }],
] as const)('%s of them may be chosen', (amount, values) => {
  expect(selectOf(choice({ amount }))).toMatchObject(values);
});

test('roles and channels are Discord’s own, with those that are chosen', () => {
  expect(selectOf(choice({ options: 'role', selected: ['42'] }))).toMatchObject({
    type: ComponentType.RoleSelect,
    default_values: [{ id: '42', type: 'role' }],
  });
  expect(selectOf(choice({ options: 'channel', selected: [] }))).toMatchObject({
    type: ComponentType.ChannelSelect,
  });
});

test('what a select can’t show is a mistake of ours, not left out silently', () => {
  const many = Array.from({ length: 26 }, (_, n) => ({ value: `${n}`, label: `${n}` }));
  for (const options of [[], many]) expect(() => selectOf(choice({ options }))).toThrow(RangeError);
});

test('a button that is on is green and has a check mark', () => {
  const way = {
    label: 'Sound',
    callback: callback('settings', { screen: 'sound', value: 'off' }),
    responseMode: 'replace',
  } as const;
  const components = componentsOf(paragraph(text('x')), buttons([{ ...way, isOn: true }, way]));
  expect(components.slice(-2)).toMatchObject([
    { label: '✓ Sound', style: 3 },
    { label: 'Sound', style: 2 },
  ]);
});

const keysOf = (one: Select) => (toKeyboard(buttonRows([one]))?.inline_keyboard ?? []).flat();
const asked = (key: ReturnType<typeof keysOf>[number] | undefined) =>
  key && 'callback_data' in key ? decodeCallback(key.callback_data)?.input : undefined;

test('on Telegram each option is a button that chooses it', () => {
  const keys = keysOf(choice());
  expect(keys.map((key) => key.text)).toEqual(['Monday', '✓ Tuesday', 'Wednesday']);
  expect(asked(keys[2])).toEqual({ named: { screen: 'schedule', value: 'wednesday' } });
});

test('of several each button adds its option or takes it away', () => {
  const keys = keysOf(
    choice({ amount: 'any', callback: callback('settings', { screen: 'types', value: '' }) }),
  );
  expect(asked(keys[0])).toEqual({ named: { screen: 'types', add: 'monday' } });
  expect(asked(keys[1])).toEqual({ named: { screen: 'types', remove: 'tuesday' } });
});

test('Telegram has no roles or channels to choose', () => {
  expect(keysOf(choice({ options: 'role' }))).toEqual([]);
});

test.each([
  [
    ['08:00', '09:00', '10:00', '11:00', '12:00'],
    [4, 1],
  ],
  [
    ['1', '2', '3', '4', '5', '6', '7', '8'],
    [4, 4],
  ],
  [['A short one', 'And another'], [2]],
  [
    ['One that takes the whole width of a phone', 'And another one'],
    [1, 1],
  ],
])('buttons of %j stand in columns as wide as the longest needs', (labels, columns) => {
  const options = labels.map((label, index) => ({ value: String(index), label }));
  const rows = toKeyboard(buttonRows([choice({ options, selected: [] })]))?.inline_keyboard ?? [];
  expect(rows.map((row) => row.length)).toEqual(columns);
});

test.each([
  [
    ['Open in browser', 'Verify', 'Another one'],
    [2, 1],
  ],
  [['‹ Previous', 'Next ›', 'Series'], [3]],
  [
    ['★ The Ledger of the Barges', '🔇 The Ledger of the Barges'],
    [1, 1],
  ],
  [
    ['在浏览器中打开', '验证', '再来一篇'],
    [2, 1],
  ],
  [['1', '2', '3', '4', '5'], [5]],
])('a row of %j is broken where a phone would cut a label', (labels, lengths) => {
  const row = labels.map((label) => ({ label, callback: callback('help'), responseMode: 'add' }) as const);
  const rows = toKeyboard(buttonRows([buttons(row)]))?.inline_keyboard ?? [];
  expect(rows.map((one) => one.length)).toEqual(lengths);
  expect(rows.flat().map(({ text: label }) => label)).toEqual(labels);
});
