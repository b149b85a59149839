import { writeFileSync } from 'node:fs';
import { generatedPages } from './generated-pages.ts';

/** `npm run docs`: writes what of the documentation is made from the code. */
for (const { url, text } of generatedPages()) writeFileSync(url, text);
