/** The result of one check of the operator's set-up. `failed`: something doesn't work; `warning`: something may not. */
export interface Finding {
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found, in a sentence or less. */
  readonly message: string;
  /** What to do about it, in a sentence; absent where nothing is wrong. */
  readonly fix?: string;
}

export const ok = (message: string): Finding => ({ status: 'ok', message });
export const warning = (message: string, fix: string): Finding => ({ status: 'warning', message, fix });
export const failed = (message: string, fix: string): Finding => ({ status: 'failed', message, fix });
