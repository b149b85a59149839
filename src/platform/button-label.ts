import type { Button } from '../note/document.ts';

/** What is written on a button: a check mark in front says that it stands for what holds now. */
export const buttonLabel = (button: Button): string =>
  'callback' in button && button.isOn ? `✓ ${button.label}` : button.label;
