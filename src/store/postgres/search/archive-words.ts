import type { Pool } from 'pg';
import type { Query } from '../../../note/search/query.ts';
import { type Terms, termsOf } from '../../../note/search/terms.ts';
import { completeTerms, MAX_COMPLETIONS, MAX_SPELLINGS, prefixesIn } from '../../rules/completions.ts';
import { select } from '../sql.ts';

const spellingsOf = select<{ plain: string; written: string }>(
  `SELECT asked.plain, found.written FROM unnest(:plain::text[]) AS asked (plain), LATERAL (
     SELECT written FROM spelling WHERE spelling.plain = asked.plain ORDER BY written LIMIT ${MAX_SPELLINGS}
   ) AS found`,
);
const wordsWith = select<{ prefix: string; word: string }>(
  `SELECT prefix, word FROM unnest(:prefixes::text[]) AS asked (prefix), LATERAL (
     SELECT word FROM vocabulary WHERE word >= prefix AND word < prefix || chr(1114111)
     ORDER BY length(word), word LIMIT ${MAX_COMPLETIONS}
   ) AS found`,
);

/** The terms of a query as typed, and with what may also be meant (`termsOf`), in every spelling the archive has. */
export async function termsIn(
  readers: Pool,
  query: Query,
): Promise<{ readonly typed: Terms; readonly open: Terms }> {
  const known = new Map<string, readonly (readonly string[])[]>();
  for (;;) {
    const asked = new Set<string>();
    const look = (plain: string): readonly (readonly string[])[] => {
      const written = known.get(plain);
      if (!written) asked.add(plain);
      return written ?? [];
    };
    const terms = { typed: termsOf(query, false, look), open: termsOf(query, true, look) };
    if (asked.size === 0) return terms;
    // A spelling may itself lead to words with spellings.
    const rows = await spellingsOf.all(readers, { plain: [...asked] });
    for (const plain of asked)
      known.set(
        plain,
        rows.filter((row) => row.plain === plain).map(({ written }) => written.split(' ')),
      );
  }
}

/** Expands prefixes to the words of the archive. */
export async function completed(readers: Pool, terms: Terms): Promise<Terms> {
  const prefixes = prefixesIn(terms);
  if (prefixes.length === 0) return terms;
  const rows = await wordsWith.all(readers, { prefixes });
  return completeTerms(terms, (prefix) =>
    rows.filter((row) => row.prefix === prefix).map(({ word }) => word),
  );
}
