import { expect, test } from 'vitest';
import { LANGUAGES, textsFor } from '../../src/i18n/texts.ts';
import { documentText } from '../../src/note/document.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { PANELS } from '../../src/settings/groups.ts';
import { createTestContext } from './context.fixture.ts';

const panel = PANELS.find(({ name }) => name === 'style' || name === 'look')!;

test.each(LANGUAGES)(
  'the style panel warns that old apps don’t show rich messages, in %s',
  async (language) => {
    const texts = textsFor(language);
    const shown = async (styles: readonly string[]) => {
      const context = createTestContext({ texts });
      const chat = { ...context.chat, styleOptions: { ...context.chat.styleOptions, styles } };
      return documentText(await panel.show(DEFAULT_PREFERENCES, { ...context, chat }));
    };
    const warning = texts.telegram.richWarning('').replace(/^.*?”/u, '');
    expect(await shown(['classic', 'rich'])).toContain(warning);
    expect(await shown(['auto', 'card', 'embed', 'plain'])).not.toContain(warning);
  },
);
