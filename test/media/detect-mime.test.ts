import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectMime } from '../../src/media/detect-mime.ts';
import { imageSize } from '../../src/media/image-size.ts';
import { png } from './media-host.fixture.ts';

const file = (start: string): Buffer => Buffer.from(start.padEnd(64, '\0'), 'latin1');

test.each([
  ['image/jpeg', '\xff\xd8\xff\xe0'],
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'RIFF\0\0\0\0WEBPVP8 '],
  ['image/avif', '\0\0\0\x20ftypavif'],
  ['image/avif', '\0\0\0\x20ftypmif1\0\0\0\0miafavif'],
  ['image/heic', '\0\0\0\x20ftypheic'],
  ['audio/mp4', '\0\0\0\x20ftypM4A '],
  ['video/mp4', '\0\0\0\x20ftypisom'],
  ['video/quicktime', '\0\0\0\x14ftypqt  '],
  ['video/webm', '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm'],
  ['audio/mpeg', 'ID3\x04'],
  ['audio/mpeg', '\xff\xfb\x90'],
  ['audio/aac', '\xff\xf1\x50'],
  ['audio/ogg', 'OggS'],
  ['audio/wav', 'RIFF\0\0\0\0WAVEfmt '],
  ['audio/flac', 'fLaC'],
  [undefined, '<!doctype html>'],
  [undefined, '<svg xmlns="http://www.w3.org/2000/svg">'],
  [undefined, '%PDF-1.7'],
  [undefined, 'PK\x03\x04'],
])('%s is told by its first bytes', (mime, start) => {
  expect(detectMime(file(start))).toBe(mime);
});

const hex = (digits: string): Buffer => Buffer.from(digits.replace(/\s/g, ''), 'hex');

test.each([
  ['image/png', png(640, 480)],
  ['image/gif', Buffer.from('GIF89a\x80\x02\xe0\x01', 'latin1')],
  ['image/jpeg', hex('ffd8 ffe0 0004 0000 ffc2 0011 08 01e0 0280 03')],
  ['image/webp', hex('52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 df0100')],
  ['image/webp', hex('52494646 00000000 57454250 5650384c 05000000 2f 7fc27700')],
  ['image/webp', hex('52494646 00000000 57454250 56503820 05000000 000000 9d012a 8002 e001')],
])('the size of %s stands in its header', (mime, bytes) => {
  expect(imageSize(bytes, mime)).toEqual({ width: 640, height: 480 });
});

test('no bytes make it throw', () => {
  const mimes = fc.constantFrom('image/jpeg', 'image/png', 'image/gif', 'image/webp');
  const read = (bytes: Uint8Array, mime: string): void => {
    detectMime(Buffer.from(bytes));
    imageSize(Buffer.concat([Buffer.from([0xff, 0xd8]), bytes]), mime);
  };
  const reading = fc.property(fc.uint8Array({ maxLength: 80 }), mimes, read);
  expect(() => fc.assert(reading, { numRuns: 2_000 })).not.toThrow();
});
