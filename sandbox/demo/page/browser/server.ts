import type { Change, Offer } from '../../change.ts';
import { words } from '../words/words.ts';
import { toast } from './dom.ts';

let pending = 0;

/** How many requests have no answer yet stands on the page, for those who wait for all of them. */
function wait(more: 1 | -1): void {
  pending += more;
  document.body.dataset['pending'] = String(pending);
}

/** Asks the demo's server to do something. False, with a line on the page, where it says no. */
export async function post(path: string, body: Readonly<Record<string, unknown>>): Promise<boolean> {
  wait(1);
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { readonly problem?: string; readonly words?: string };
    const said = answer.problem ?? answer.words;
    if (said) toast(said);
    return response.ok;
  } catch {
    toast(words().gone);
    return false;
  } finally {
    wait(-1);
  }
}

/** What is offered for a line that is being typed; nothing where the server has nothing to say. */
export async function offersFor(
  path: string,
  body: Readonly<Record<string, unknown>>,
): Promise<readonly Offer[]> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await response.json()) as { readonly offers?: readonly Offer[] }).offers ?? [];
  } catch {
    // The next line that is sent says that the demo is gone.
    return [];
  }
}

/** Every change from the beginning, then as they happen. After a lost connection it all comes again: `onRestart`. */
export function listen(onChange: (change: Change) => void, onRestart: () => void): void {
  const source = new EventSource('/changes');
  let wasOpen = false;
  source.addEventListener('open', () => {
    if (wasOpen) onRestart();
    wasOpen = true;
  });
  source.addEventListener('message', ({ data }) => onChange(JSON.parse(String(data)) as Change));
}
