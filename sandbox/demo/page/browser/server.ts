import type { Change, Offer } from '../../change.ts';
import { words } from '../words/words.ts';
import { toast } from './dom.ts';

let pending = 0;

/** Publishes the number of pending requests on the page, for scripts that wait for all of them. */
function wait(more: 1 | -1): void {
  pending += more;
  document.body.dataset['pending'] = String(pending);
}

/** Sends a request to the demo's server. False, with a line on the page, if the server refuses. */
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

/** Suggestions for a line that is being typed; none if the server refuses. */
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
    // The next request will tell the user that the demo is gone.
    return [];
  }
}

/** Receives the current state, then every change. After a lost connection the state is sent again: `onRestart`. */
export function listen(onChange: (change: Change) => void, onRestart: () => void): void {
  const source = new EventSource('/changes');
  let wasOpen = false;
  source.addEventListener('open', () => {
    if (wasOpen) onRestart();
    wasOpen = true;
  });
  source.addEventListener('message', ({ data }) => onChange(JSON.parse(String(data)) as Change));
}
