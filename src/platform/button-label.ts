import type { Button } from '../note/document.ts';

/** The text of a button; a check mark in front says that its option is the current one. */
export const buttonLabel = (button: Button): string =>
  'callback' in button && button.isOn ? `✓ ${button.label}` : button.label;
