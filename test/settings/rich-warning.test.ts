import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../src/choices/choices.ts';
import { documentText } from '../../src/note/document.ts';
import { PANELS } from '../../src/settings/panels.ts';
import { LANGUAGES, textsFor } from '../../src/text/texts.ts';
import { createTestContext } from './context.ts';

const panel = PANELS.find(({ name }) => name === 'style' || name === 'look')!;

test.each(LANGUAGES)(
  'where rich messages are offered, it says who can’t see them, in %s',
  async (language) => {
    const texts = textsFor(language);
    const shown = async (styles: readonly string[]) => {
      const context = createTestContext({ texts });
      const place = { ...context.place, looks: { ...context.place.looks, styles } };
      return documentText(await panel.show(DEFAULT_PREFERENCES, { ...context, place }, ''));
    };
    const warning = texts.telegram.richWarning('').replace(/^.*?”/u, '');
    expect(await shown(['classic', 'rich'])).toContain(warning);
    expect(await shown(['auto', 'card', 'embed', 'plain'])).not.toContain(warning);
  },
);
