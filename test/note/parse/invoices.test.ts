import { describe, expect, test } from 'vitest';
import { inlineText } from '../../../src/note/document.ts';
import { validCodeEnds } from '../../../src/note/parse/bech32.ts';
import { parseInlines } from '../../../src/note/parse/parse-text.ts';

const INVOICE =
  'lnbc2500u1r23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kayzpams9';
const OPEN =
  'lnbc19vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxcylse6';
const TEST =
  'lntb20m1fsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur2ftpeq8';
const SMALL =
  'lnbc15n1tjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79v7zmua0';
const PAYMENT = 'lnurl1zfsh79vn6pg0kaytjeq8w4ur23clxd5mzfsh79vnaft0xe';

const read = (written: string): string => inlineText(parseInlines(written, { tags: [] }));

test.each([
  [INVOICE, '⚡ invoice, 250,000 sat'],
  [`pay lightning:${INVOICE}!`, 'pay ⚡ invoice, 250,000 sat!'],
  [`LIGHTNING:${INVOICE.toUpperCase()}`, '⚡ invoice, 250,000 sat'],
  [`lightning://${OPEN}`, '⚡ invoice'],
  [SMALL, '⚡ invoice, 1.5 sat'],
  [TEST, '⚡ invoice (test network)'],
  [`(${PAYMENT})`, '(⚡ payment link)'],
  [`${INVOICE}and thanks`, '⚡ invoice, 250,000 sat and thanks'],
  [`${PAYMENT}https`, '⚡ payment link https'],
  [`付${INVOICE}吧`, '付⚡ invoice, 250,000 sat吧'],
])('%s is folded', (written, expected) => expect(read(written)).toBe(expected));

describe('what is no invoice stays text', () => {
  test.each([
    [INVOICE.slice(0, -1)],
    [`${INVOICE.slice(0, -1)}q`],
    [`x${INVOICE}`],
    [INVOICE.slice(0, 60) + INVOICE.slice(60).toUpperCase()],
    ['lightning: strikes twice'],
    ['lnbc1 and lnurl1'],
    [`https://a.example/${INVOICE}`],
  ])('%s', (written) => expect(read(written)).toBe(written));
});

test.each([
  ['a12uel5l', 8],
  ['a12uel5land so on', 8],
  ['a12uel5m', undefined],
  ['11qpzry9x8gf2tvdw0s3jn54khce6mua7l', undefined],
  ['1', undefined],
  ['', undefined],
])('%j has its checksum at %s', (code, expected) => expect(validCodeEnds(code)[0]).toBe(expected));
