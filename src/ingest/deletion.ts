import type { VerifiedEvent } from '../note/note.ts';
import type { Deletion } from '../store/journal.ts';

/** What a kind 5 event of the author asks to take back (NIP-09): only what is the author's own. */
export function deletionFrom(event: VerifiedEvent): Deletion {
  const values = (name: string) => event.tags.filter((tag) => tag[0] === name).map(([, value = '']) => value);
  return {
    id: event.id,
    createdAt: event.created_at,
    ids: values('e').filter((id) => /^[0-9a-f]{64}$/u.test(id)),
    addresses: values('a').filter((address) => address.split(':')[1] === event.pubkey),
  };
}
