// Loaded before anything else (by `node --require`, or by `bin/postrider.cjs`), in syntax that every Node understands: says
// which Node is needed, and what has to be installed, where the program itself could only fail on a syntax or a package it
// does not know.
'use strict';
const { existsSync } = require('fs');
const { join } = require('path');
const { dependencies, engines } = require('../package.json');

/** A clone brings its own Node; the published package, which is compiled, runs on the one that is installed. */
const isClone = !existsSync(join(__dirname, 'main.js'));
const wanted = Number(/\d+/.exec(engines.node)[0]);

if (Number.parseInt(process.versions.node, 10) < wanted) {
  console.error(
    `Postrider needs Node ${wanted} or newer, and this is Node ${process.versions.node} (${process.execPath}).\n` +
      (isClone
        ? `Node ${wanted} is installed with the dependencies: run "npm ci" (install scripts allowed), then "npm start".`
        : `Install it from https://nodejs.org, or let npm bring one: npx -p node@${wanted} -p postrider postrider`),
  );
  process.exit(1);
}

const missing = Object.keys(dependencies).filter(function (name) {
  return !require.resolve.paths(name).some(function (folder) {
    return existsSync(join(folder, name));
  });
});
if (missing.length > 0) {
  console.error(
    `Some dependencies aren't installed (${missing.join(', ')}). ` +
      (isClone
        ? 'Run "npm ci" in this folder, then "npm start".'
        : 'Install the package again: npm install postrider'),
  );
  process.exit(1);
}
