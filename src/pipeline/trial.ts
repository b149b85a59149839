import { type Choices, languageOf } from '../choices/choices.ts';
import { isSilentAt } from '../choices/rhythm.ts';
import type { Brief } from '../note/brief.ts';
import type { Document } from '../note/document.ts';
import type { PostType } from '../note/note.ts';
import type { Platform, Sending, SendResult } from '../platform/platform.ts';
import { placing } from './placing.ts';
import type { Clock } from './timing.ts';

interface Sample<Name extends string> {
  readonly name: Name;
  readonly postType: PostType;
  readonly document: Document;
  readonly brief?: Brief;
}

interface Tried<Name extends string> {
  readonly name: Name;
  readonly outcome: 'posted' | 'plainer' | 'refused';
  readonly why?: string;
}

interface TrialParts {
  readonly platforms: readonly Platform[];
  /** Receipts of what was posted, by destination. */
  readonly shelf: {
    get(destination: string): Promise<readonly string[] | undefined>;
    set(destination: string, receipts: readonly string[]): Promise<unknown>;
    delete(destination: string): Promise<unknown>;
  };
  readonly clock: Clock;
}

/** A limit is waited for, this often and this long at most: somebody waits for the answer. */
const TRIES = 5;
const LONGEST_WAIT_MS = 10_000;

/** Posts samples as deliveries do, past the journal, and takes them away again. */
export function createTrial({ platforms, shelf, clock }: TrialParts) {
  const platformOf = (destination: string): Platform => {
    const found = platforms.find(({ name }) => destination.startsWith(`${name}:`));
    if (!found) throw new RangeError(`Cannot post to "${destination}": it is on no platform`);
    return found;
  };

  async function patiently(send: () => Promise<SendResult>): Promise<SendResult> {
    for (let tries = 1; ; tries++) {
      const result = await send();
      if (result.status !== 'retry' || result.uncertain || tries === TRIES) return result;
      await clock.wait(Math.min(result.afterMs ?? 1_000, LONGEST_WAIT_MS), new AbortController().signal);
    }
  }

  async function postOne<Name extends string>(
    destination: string,
    sample: Sample<Name>,
    choices: Choices,
    keep: (receipt: string) => Promise<unknown>,
  ): Promise<Tried<Name>> {
    const { name, postType } = sample;
    const platform = platformOf(destination);
    const { look } = choices;
    const language = languageOf(choices);
    const began = clock.now();
    let first: string | undefined;
    let plainer: string | undefined;
    const bodies = await platform.rendered(sample.document, look, sample.brief, language);
    for (const [part, body] of bodies.entries()) {
      const sending: Sending = {
        silent: isSilentAt(choices, clock.now()),
        ...placing({ postType, hashtags: [] }, choices, part),
        ...(first !== undefined && { first }),
      };
      const key = `trial|${began}|${name}|${part}`;
      const result = await patiently(() => platform.send(destination, body, key, sending));
      if (result.status !== 'sent') return { name, outcome: 'refused', why: whyOf(result) };
      first ??= result.receipt;
      plainer ??= result.simplified;
      await keep(result.receipt);
    }
    return plainer === undefined ? { name, outcome: 'posted' } : { name, outcome: 'plainer', why: plainer };
  }

  return {
    async post<Name extends string>(
      destination: string,
      samples: readonly Sample<Name>[],
      choices: Choices,
    ): Promise<readonly Tried<Name>[]> {
      const receipts = [...((await shelf.get(destination)) ?? [])];
      const keep = (receipt: string): Promise<unknown> => {
        receipts.push(receipt);
        return shelf.set(destination, receipts);
      };
      const tried: Tried<Name>[] = [];
      for (const sample of samples) tried.push(await postOne(destination, sample, choices, keep));
      return tried;
    },

    async takeAway(destination: string, choices?: Choices): Promise<boolean> {
      const language = choices && languageOf(choices);
      const platform = platformOf(destination);
      const left: string[] = [];
      for (const receipt of [...((await shelf.get(destination)) ?? [])].reverse()) {
        const { status } = await patiently(() => platform.remove(destination, receipt, language));
        if (status !== 'sent') left.unshift(receipt);
      }
      await (left.length > 0 ? shelf.set(destination, left) : shelf.delete(destination));
      return left.length === 0;
    },
  };
}

const whyOf = (result: Exclude<SendResult, { status: 'sent' }>): string =>
  ('remedy' in result ? result.remedy : undefined) ?? result.reason;
