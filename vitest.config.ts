import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Pure code and the store: no servers, no processes. `npm run test:fast` runs these. */
const FAST = globSync(
  [
    'test/cli/{command-line,env-text}.test.ts',
    'test/{charts,command,commands,config,i18n,lib,library,note,preferences,settings,status,store,wiring}/**/*.test.ts',
    'test/platform/*.test.ts',
    'test/platform/*/{api,render}/*.test.ts',
    'test/{architecture,golden,log-messages}.test.ts',
  ],
  // Too slow for it: measurements, processes, worker threads, large databases, random histories.
  {
    exclude: [
      'test/config/env-file.test.ts',
      'test/note/worker/*',
      'test/platform/splitting-cost.test.ts',
      'test/store/{model,copy/copy}.test.ts',
      'test/store/sqlite/{counters,file-scrubber}.test.ts',
    ],
  },
);

/** They measure their process, or change its working directory: each file has one of its own. */
const ALONE = ['test/bench/*.test.ts', 'test/cli/init.test.ts', 'test/note/worker/*.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    // For machines that do other things as well; a test that hangs costs it once.
    testTimeout: 60_000,
    pool: 'forks',
    // Files that follow each other share a process: starting one, and loading the program into it, takes a second.
    isolate: false,
    // By default one core is left idle, which on a machine with two costs half of the time.
    maxWorkers: availableParallelism(),
    coverage: { include: ['src/**', 'commands/**'], reporter: ['text-summary', 'html', 'json-summary'] },
    projects: [
      { extends: true, test: { name: 'fast', include: FAST } },
      { extends: true, test: { name: 'wire', include: ['test/**/*.test.ts'], exclude: [...FAST, ...ALONE] } },
      { extends: true, test: { name: 'alone', include: ALONE, isolate: true } },
    ],
  },
});
