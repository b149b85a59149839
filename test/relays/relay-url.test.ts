import { expect, test } from 'vitest';
import { normalizeRelayUrl } from '../../src/relays/relay-url.ts';

test.each([
  ['wss://relay.example.com', 'wss://relay.example.com/'],
  [' WSS://Relay.Example.com:443/ ', 'wss://relay.example.com/'],
  ['ws://relay.example.com:80/x//y/', 'ws://relay.example.com/x/y'],
  ['wss://relay.example.com/?b=2&a=1#top', 'wss://relay.example.com/?a=1&b=2'],
  ['https://relay.example.com', undefined],
  ['relay.example.com', undefined],
  ['wss://user:word@relay.example.com', undefined],
  ['wss://', undefined],
  ['', undefined],
  [`wss://relay.example.com/${'x'.repeat(3_000)}`, undefined],
])('%s is normalized to %s', (text, url) => {
  expect(normalizeRelayUrl(text)).toBe(url);
});
