// Loaded before anything else (`node --require`), in syntax that every Node understands: says which Node is needed, and
// what has to be installed, where the program itself could only fail on a syntax or a package it does not know.
'use strict';
const { existsSync } = require('fs');
const { join } = require('path');

const wanted = [26, 0];
const found = process.versions.node.split('.').map(Number);
if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(
    `Postrider needs Node ${wanted.join('.')} or newer, and this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Node 26 is installed with the dependencies: run "npm ci" (install scripts allowed), then "npm start".',
  );
  process.exit(1);
}

const missing = Object.keys(require('../package.json').dependencies).filter(function (name) {
  return !require.resolve.paths(name).some(function (folder) {
    return existsSync(join(folder, name));
  });
});
if (missing.length > 0) {
  console.error(
    `Some dependencies aren't installed (${missing.join(', ')}). Run "npm ci" in this folder, then "npm start".`,
  );
  process.exit(1);
}
