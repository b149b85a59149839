import { hashtagsPanel } from './hashtags-panel.ts';
import { languagePanel } from './language-panel.ts';
import { lookPanel } from './look-panel.ts';
import type { Panel } from './panel.ts';
import { pingsPanel } from './pings-panel.ts';
import { publishPanel } from './publish-panel.ts';
import { quietPanel } from './quiet-panel.ts';
import { rhythmPanel } from './rhythm-panel.ts';
import { seriesPanel } from './series-panel.ts';
import { breakingPanel, soundPanel } from './switch-panels.ts';
import { topicsPanel } from './topics-panel.ts';
import { typesPanel } from './types-panel.ts';
import { wherePanel } from './where-panel.ts';
import { zonePanel } from './zone-panel.ts';

/** Every panel, in the order in which /settings shows them. The only list of them. */
export const PANELS: readonly Panel[] = [
  typesPanel,
  seriesPanel,
  hashtagsPanel,
  rhythmPanel,
  quietPanel,
  soundPanel,
  breakingPanel,
  zonePanel,
  lookPanel,
  languagePanel,
  wherePanel,
  topicsPanel,
  pingsPanel,
  publishPanel,
];
