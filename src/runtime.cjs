// Loaded before anything else (`node --require`), in syntax that every Node understands: says which Node is
// needed where the program itself could only fail on a syntax it does not know.
'use strict';
const wanted = [26, 0];
const found = process.versions.node.split('.').map(Number);
if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(
    `Postrider needs Node ${wanted.join('.')} or newer, and this is Node ${process.versions.node} (${process.execPath}).\n` +
      'A fitting one comes with the dependencies: run "npm ci" with install scripts allowed, then start with "npm start".',
  );
  process.exit(1);
}
