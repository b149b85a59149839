import { expect, test } from 'vitest';
import { parseStyleSpec } from '../../src/platform/style-spec.ts';

const STYLES = ['auto', 'card', 'plain'] as const;

test.each([
  ['', '', 'auto', 'auto'],
  ['card', '', 'card', 'auto'],
  ['card/cut', '', 'card', 'cut'],
  ['/summary', 'plain/cut', 'plain', 'summary'],
  ['', 'plain/cut', 'plain', 'cut'],
  ['card', 'plain/cut', 'card', 'cut'],
  ['classic/whole', 'plain/split', 'plain', 'split'],
  ['classic', 'baroque', 'auto', 'auto'],
])('%j, where %j is the standard, is %s and %s', (written, standard, style, longText) => {
  expect(parseStyleSpec(written, standard, STYLES)).toEqual({ style, longText });
});
