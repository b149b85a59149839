import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RATE_LIMITS } from '../../src/command/rate-limits.ts';
import { MAX_SUGGESTION_LENGTH, SUGGESTION_QUOTAS } from '../../src/command/suggestions.ts';
import { MAX_DESTINATIONS } from '../../src/delivery/quota.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/security.md');
const servers = read('docs/servers.md');
const author = read('docs/author.md');
const { user, chat, suggestion, inline } = RATE_LIMITS;

test('what docs/security.md says is tested somewhere has its tests there', () => {
  const named = page.split('\n').flatMap((line) => {
    const [tried, , tests = ''] = line.split('|').slice(1, -1);
    return tried?.trim() === 'tries' ? [] : [...tests.matchAll(/`([^`]+)`/gu)].map(([, name]) => name);
  });
  expect(named.length).toBeGreaterThan(30);
  const { pathname: cwd } = new URL('..', import.meta.url);
  expect(named.filter((name) => globSync(`${name}{.test.ts,.ts}`, { cwd }).length === 0)).toEqual([]);
});

test('docs/security.md and the pages for servers and authors name the limits as they are', () => {
  const seconds = user.everyMs / 1_000;
  expect(chat.everyMs).toBe(1_000);
  expect(page).toContain(
    `${user.burst} in a burst and then one every ${seconds} s each, ${chat.burst} and one a second`,
  );
  expect(inline).toEqual(suggestion);
  expect(suggestion.everyMs).toBe(500);
  expect(page).toContain(`${suggestion.burst} letters and two a second`);
  expect(page).toContain(
    `${MAX_DESTINATIONS.home} for each server or chat, ${MAX_DESTINATIONS.user} for each person`,
  );
  expect(servers).toContain(
    `${user.burst} commands per user in a burst, then one every ${seconds} s; ${chat.burst} per channel, then one per second`,
  );
  expect(servers).toContain(
    `${MAX_DESTINATIONS.home} subscriptions per server or chat and ${MAX_DESTINATIONS.user} per person`,
  );
  const { user: reader, home, all } = SUGGESTION_QUOTAS;
  expect(page).toContain(`${reader} of one reader, ${home} from one server or chat, ${all} in all`);
  expect(author).toContain(`${home} from one server or chat, ${all} in all`);
  expect(author).toContain(`at most ${MAX_SUGGESTION_LENGTH.toLocaleString('en')} characters each`);
});
