import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/i18n/texts.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { eventually } from '../e2e/alerts.fixture.ts';
import { startEnvironment } from '../e2e/environment.fixture.ts';
import { usesOf } from './promql.fixture.ts';
import { parseSimpleYaml } from './simple-yaml.fixture.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const read = (name: string): string => readFileSync(pathOf(name), 'utf8');

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit: string;
      readonly thresholds: { readonly steps: readonly { readonly value: number | null }[] };
    };
  };
}
interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly definition?: string }[];
  };
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const dashboard = JSON.parse(read('grafana-dashboard.json')) as Dashboard;
const rulesFile = parseSimpleYaml(read('alert-rules.yaml')) as unknown as {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
};
const rules = rulesFile.groups.flatMap((group) => group.rules);
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const expressions: readonly (readonly [where: string, expr: string])[] = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
  ...dashboard.annotations.list.map(({ expr }) => ['annotation', expr] as const),
];

/** Labels and their values, by metric, of a program that has just delivered a post. */
const served = new Map<string, Map<string, Set<string>>>();
/** Metrics with a type but without series so far. */
const announced = new Set<string>();
/** Added by Prometheus itself. */
const OF_PROMETHEUS = new Set(['job', 'instance']);

async function readServedMetrics(): Promise<void> {
  const world = await startEnvironment();
  // Garbage is collected early, so that there are figures about it, too.
  const program = world.start({ NODE_OPTIONS: '--max-semi-space-size=1' });
  await program.ready();
  const { relay, author } = world;
  relay.publish(author.note('Counted.', { createdAt: Math.floor(Date.now() / 1_000) + 1 }));
  await eventually(() => program.lines.filter(({ event }) => event === 'message.sent').length === 2);
  const url = `${await program.statusUrl()}/metrics`;
  let text = '';
  await expect
    .poll(async () => (text = await (await fetch(url)).text()), { timeout: 20_000 })
    .toContain('nodejs_gc_duration_seconds_sum');
  for (const line of text.split('\n')) {
    const [, typed] = /^# TYPE (\S+)/u.exec(line) ?? [];
    if (typed !== undefined) announced.add(typed);
    const [, metric, labels = ''] = /^([a-z_:][\w:]*)(?:\{(.*)\})? \S+$/iu.exec(line) ?? [];
    if (metric === undefined) continue;
    const known = served.get(metric) ?? new Map<string, Set<string>>();
    served.set(metric, known);
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/gu))
      known.set(label, (known.get(label) ?? new Set()).add(value));
  }
}

/** The labels of a metric; `undefined` if there is no such metric. */
function labelsOf(metric: string): ReadonlySet<string> | undefined {
  if (metric === 'up') return OF_PROMETHEUS;
  const series = served.get(metric);
  if (series) return new Set([...series.keys(), ...OF_PROMETHEUS]);
  if (!announced.has(metric)) return undefined;
  // Of a counter that hasn't counted yet, only the program knows the labels.
  const { registry } = createMetrics({ steady: () => 0 });
  const own = registry.getSingleMetric(metric) as { readonly labelNames?: readonly string[] } | undefined;
  return new Set([...(own?.labelNames ?? []), ...OF_PROMETHEUS]);
}

/** Whether a matcher can match: some value is served, or is one of ours. */
function canMatch(
  metric: string,
  { label, op, value }: { label: string; op: string; value: string },
): boolean {
  if (value.startsWith('$') || value === '' || OF_PROMETHEUS.has(label)) return true;
  const values = served.get(metric)?.get(label) ?? new Set<string>();
  const { relayProblem } = textsFor('en').status;
  return (op.endsWith('~') ? value.split('|') : [value]).every(
    (one) => values.has(one) || (label === 'trouble' && relayProblem(one) !== relayProblem('unknown')),
  );
}

/** What an expression reads that the program doesn't have. */
function unknownIn(expr: string): readonly string[] {
  const { selectors, grouping } = usesOf(expr);
  return selectors.flatMap(({ metric, matchers }) => {
    const labels = labelsOf(metric);
    if (!labels) return [metric];
    return [
      ...matchers.filter(({ label }) => !labels.has(label)).map(({ label }) => `${metric}{${label}}`),
      ...grouping.filter((label) => !labels.has(label)).map((label) => `by (${label}) of ${metric}`),
      ...matchers
        .filter((matcher) => labels.has(matcher.label) && !canMatch(metric, matcher))
        .map(({ label, op, value }) => `${metric}{${label}${op}"${value}"}`),
    ];
  });
}

/** Labels in the legend of an expression that its result doesn't have. */
function unnamedIn({ expr, legendFormat }: { readonly expr: string; readonly legendFormat: string }) {
  const { selectors, grouping } = usesOf(expr);
  const labels = new Set(
    grouping.length > 0 ? grouping : selectors.flatMap(({ metric }) => [...(labelsOf(metric) ?? [])]),
  );
  const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/gu)].map(([, label = '']) => label);
  return named.filter((label) => !labels.has(label));
}

test('dashboard and rules read what a running program serves, and the dashboard all that is ours', async () => {
  await readServedMetrics();
  expect(expressions.length).toBeGreaterThan(70);
  for (const [where, expr] of expressions) {
    expect(usesOf(expr).selectors.length).toBeGreaterThan(0);
    expect([where, unknownIn(expr)]).toEqual([where, []]);
  }
  for (const { title, targets = [] } of panels)
    expect([title, targets.flatMap(unnamedIn)]).toEqual([title, []]);
  const [, listed = ''] =
    /^label_values\((\w+), instance\)$/u.exec(dashboard.templating.list[1]?.definition ?? '') ?? [];
  expect(labelsOf(listed)).toBeDefined();

  const shown = new Set(
    expressions.flatMap(([, expr]) =>
      usesOf(expr).selectors.map(({ metric }) => metric.replace(/_(?:bucket|count|sum)$/u, '')),
    ),
  );
  const ours = [...announced].filter((name) => name.startsWith('postrider_'));
  expect(ours.length).toBeGreaterThan(25);
  expect(ours.filter((name) => !shown.has(name))).toEqual([]);
}, 60_000);

describe('the dashboard', () => {
  test('asks for a data source, and every panel uses it', () => {
    expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([
      ['datasource', 'datasource'],
      ['instance', 'query'],
    ]);
    expect(panels.every(({ datasource }) => datasource?.uid === '${datasource}')).toBe(true);
  });

  test('has its rows, and no panel lies on another or has an id twice', () => {
    expect(dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'Health',
      'Delivery',
      'Platforms',
      'Relays',
      'Store',
      'Process',
      'Public site',
    ]);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const taken = new Map<string, string>();
    for (const { title, gridPos } of dashboard.panels)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([title, taken.get(`${x} ${y}`)]).toEqual([title, undefined]);
          taken.set(`${x} ${y}`, title);
          expect(x).toBeLessThan(24);
        }
  });

  test.each(panels.map((panel) => [panel.title, panel] as const))(
    '%s explains itself and has a unit',
    (_, { description, fieldConfig }) => {
      expect(description).toMatch(/\.$/u);
      expect(fieldConfig?.defaults.unit).toMatch(/^(?:short|s|bytes|percentunit|reqps)$/u);
      const values = (fieldConfig?.defaults.thresholds.steps ?? []).map(({ value }) => value);
      // Thresholds ascend, and the first one holds for everything below.
      expect(values[0]).toBeNull();
      expect(values.slice(1)).toEqual(values.slice(1).toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    },
  );
});

describe('the alerting rules', () => {
  const troubleshooting = read('troubleshooting.md');
  const anchors = [...troubleshooting.matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

  test('are groups of rules, each with a name of its own', () => {
    expect(Object.keys(rulesFile)).toEqual(['groups']);
    expect(rulesFile.groups.map((group) => Object.keys(group))).toEqual([['name', 'rules']]);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(rules.length).toBeGreaterThan(10);
  });

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s says how bad it is, what happened, what to do and where to read more',
    (_, rule) => {
      const { alert, labels, annotations } = rule;
      expect(Object.keys(rule).filter((key) => key !== 'for')).toEqual([
        'alert',
        'expr',
        'labels',
        'annotations',
      ]);
      expect(alert).toMatch(/^Postrider[A-Z][A-Za-z]+$/u);
      // An instant look may be wrong; `increase`, `changes` and `max_over_time` look back by themselves.
      expect(rule.for !== undefined ? /^\d+[mh]$/u.test(rule.for) : /\[1h\]/u.test(rule.expr)).toBe(true);
      expect(Object.keys(labels)).toEqual(['severity']);
      expect(labels['severity']).toMatch(/^(?:critical|warning|info)$/u);
      expect(Object.keys(annotations)).toEqual(['summary', 'description']);
      expect(annotations['summary']).not.toMatch(/\.$/u);
      const [, anchor = ''] =
        /See docs\/troubleshooting\.md#([\w-]+)\.$/u.exec(annotations['description'] ?? '') ?? [];
      expect(anchors).toContain(anchor);
      expect(troubleshooting).toContain(`| \`${alert}\` |`);
    },
  );

  test('and no other rule is explained', () => {
    const [, section = ''] = /^## Alerts\n([^]*?)^## /mu.exec(troubleshooting) ?? [];
    const explained = [...section.matchAll(/^\| `(\w+)` \|/gmu)].map(([, name]) => name);
    expect(new Set(explained)).toEqual(new Set(rules.map(({ alert }) => alert)));
  });

  const promtool = spawnSync('promtool', ['--version']).status === 0;
  test.runIf(promtool)('are accepted by promtool, and fire as they should', () => {
    const check = spawnSync('promtool', ['check', 'rules', pathOf('alert-rules.yaml')], { encoding: 'utf8' });
    expect([check.status, check.stderr]).toEqual([0, '']);
    const tests = fileURLToPath(new URL('alert-rules.promtool.yaml', import.meta.url));
    const run = spawnSync('promtool', ['test', 'rules', tests], { encoding: 'utf8' });
    expect([run.status, run.stdout + run.stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });
});

describe('the readers of this test', () => {
  test.each([
    ['up{job="postrider"} == 0', ['up'], ['job'], []],
    ['sum by (a, b) (rate(x_total{c!="d"}[30m])) / y > 0.5', ['x_total', 'y'], ['c'], ['a', 'b']],
    ['histogram_quantile(0.95, sum(rate(h_bucket[$__rate_interval])) by (le))', ['h_bucket'], [], ['le']],
    ['a and on (i) b or vector(0)', ['a', 'b'], [], ['i']],
    ['abs(x offset 5m) > 1e9', ['x'], [], []],
  ])('%s is understood', (expr, metrics, labels, grouping) => {
    const uses = usesOf(expr);
    expect(uses.selectors.map(({ metric }) => metric)).toEqual(metrics);
    expect(uses.selectors.flatMap(({ matchers }) => matchers.map(({ label }) => label))).toEqual(labels);
    expect(uses.grouping).toEqual(grouping);
  });

  test.each(['sum(x', 'x{a}', 'x{a="b"', 'x[5m))', 'x & y', 'by (1)'])('%s is refused', (expr) => {
    expect(() => usesOf(expr)).toThrow(SyntaxError);
  });

  test.each(['a: b: c', 'a: "b', 'a:\n  b: c\n   d: e', 'a: {{ b }}', 'a: b\na: c', '\ta: b', 'a:'])(
    'YAML that reads otherwise than it looks is refused: %j',
    (text) => {
      expect(() => parseSimpleYaml(text)).toThrow(SyntaxError);
    },
  );
});
