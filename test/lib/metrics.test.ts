import { expect, test } from 'vitest';
import { createMetrics } from '../../src/lib/metrics.ts';

function stage() {
  let nowMs = 5_000;
  const { registry, ...metrics } = createMetrics({ steady: () => nowMs });
  return { metrics, text: () => registry.metrics(), pass: (ms: number) => (nowMs += ms) };
}

test('counters have the names and labels of before, and quotes in labels are escaped', async () => {
  const { metrics, text } = stage();
  metrics.add('notes_posted_total');
  metrics.add('messages_sent_total', { platform: 'discord', action: 'post' });
  metrics.add('messages_sent_total', { platform: 'discord', action: 'post' });
  metrics.add('events_rejected_total', { reason: 'a "bad"\nid' });
  const lines = (await text()).split('\n');
  expect(lines).toContain('# TYPE postrider_notes_posted_total counter');
  expect(lines).toContain('postrider_notes_posted_total 1');
  expect(lines).toContain('postrider_messages_sent_total{platform="discord",action="post"} 2');
  expect(lines).toContain('postrider_events_rejected_total{reason="a \\"bad\\"\\nid"} 1');
});

test('counters of the platforms that are on begin at 0, or their first increase would go unseen', async () => {
  const { registry } = createMetrics({ steady: () => 0 }, ['telegram']);
  const lines = (await registry.metrics()).split('\n');
  expect(lines).toContain('postrider_messages_rejected_total{platform="telegram"} 0');
  expect(lines).toContain('postrider_messages_abandoned_total{platform="telegram",action="delete"} 0');
  expect(lines.filter((line) => line.includes('discord') || line.includes('reason='))).toEqual([]);
});

test('a timer is observed once per destination, and not without a start', async () => {
  const { metrics, text, pass } = stage();
  metrics.startTimer('relay_to_reader_seconds', 'note');
  pass(700);
  metrics.observeTimer('relay_to_reader_seconds', 'note', { platform: 'discord' });
  pass(800);
  metrics.observeTimer('relay_to_reader_seconds', 'note', { platform: 'discord' });
  metrics.observeTimer('relay_to_reader_seconds', 'of an earlier run', { platform: 'discord' });
  metrics.observeTimer('queue_wait_seconds', 'note', { platform: 'discord' });
  const lines = (await text()).split('\n');
  const name = 'postrider_relay_to_reader_seconds';
  expect(lines).toContain(`${name}_bucket{le="0.5",platform="discord"} 0`);
  expect(lines).toContain(`${name}_bucket{le="1",platform="discord"} 1`);
  expect(lines).toContain(`${name}_bucket{le="2.5",platform="discord"} 2`);
  expect(lines).toContain(`${name}_sum{platform="discord"} 2.2`);
  expect(lines).toContain(`${name}_count{platform="discord"} 2`);
  expect(lines.some((line) => line.startsWith('postrider_queue_wait_seconds_count'))).toBe(false);
});
