import type { VerifiedEvent } from '../note/note.ts';
import type { Deletion } from '../store/journal.ts';

/** What the author's deletion request (NIP-09, kind 5) covers: nothing but the author's own events. */
export function deletionFrom(event: VerifiedEvent): Deletion {
  const values = (name: string) => event.tags.filter((tag) => tag[0] === name).map(([, value = '']) => value);
  return {
    id: event.id,
    createdAt: event.created_at,
    ids: values('e').filter((id) => /^[0-9a-f]{64}$/u.test(id)),
    addresses: values('a').filter((address) => address.split(':')[1] === event.pubkey),
  };
}
