import type { CounterName, HistogramName, Labels, Metrics } from '../../src/lib/metrics.ts';

/** Metrics that tests can read at once: what was counted by series, and everything that was observed. */
export function createCounters() {
  const series = new Map<string, { name: CounterName; labels: Labels; value: number }>();
  const observed: { readonly name: HistogramName; readonly labels: Labels; readonly seconds: number }[] = [];
  const metrics: Metrics = {
    add(name, labels = {}) {
      const key = `${name} ${JSON.stringify(labels)}`;
      const { value } = series.get(key) ?? { value: 0 };
      series.set(key, { name, labels, value: value + 1 });
    },
    observe: (name, labels, seconds) => void observed.push({ name, labels, seconds }),
    startTimer() {},
    observeTimer() {},
  };
  return { ...metrics, observed, all: () => [...series.values()] };
}
