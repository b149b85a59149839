import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEEP_LINKS } from '../../src/command/deep-links.ts';
import { inviteUrl } from '../../src/platform/discord/guilds/invite.ts';
import { postLink, subscribeLink } from '../../src/platform/telegram/deep-links.ts';

const page = readFileSync(new URL('../../docs/links.md', import.meta.url), 'utf8');

test('the page for website owners lists what links can carry, and no more', () => {
  const listed = [...page.matchAll(/^\| `([^`]+)` \|/gmu)].map(([, shown]) => shown);
  expect(listed.slice(1)).toEqual(DEEP_LINKS.map(({ example }) => example));
});

test('its links are those of the program', () => {
  expect(page).toContain(subscribeLink('YOUR_BOT'));
  expect(page).toContain(inviteUrl('YOUR_APPLICATION_ID'));
  const [, made = ''] = /const link = (`[^`]+`);/u.exec(page) ?? [];
  const id = 'ab'.repeat(32);
  expect(made.replace('${event.id.slice(0, 59)}', id.slice(0, 59))).toBe(`\`${postLink('YOUR_BOT', id)}\``);
});
