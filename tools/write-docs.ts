import { writeFileSync } from 'node:fs';
import { pages } from './pages.ts';

/** `npm run docs`: writes what of the documentation is made from the code. */
for (const { url, text } of pages()) writeFileSync(url, text);
