#!/usr/bin/env node
// The command, both in a clone (which runs the TypeScript) and in the published package (which has it compiled).
'use strict';
const { existsSync } = require('fs');
const { join } = require('path');

const source = join(__dirname, '../src');
const isClone = existsSync(join(source, 'main.ts'));
const folder = isClone ? source : join(__dirname, '../dist/src');
// First, because an old Node would fail on the syntax of what follows.
require(join(folder, 'runtime.cjs'));
require(join(folder, isClone ? 'main.ts' : 'main.js'));
