import { writeFileSync } from 'node:fs';
import { generatedPages } from './generated-pages.ts';

/** `npm run docs`: writes the pages that are generated from the code. */
for (const { url, text } of generatedPages()) writeFileSync(url, text);
