import { ConfigError } from '../../config/config-error.ts';
import { readVariables } from '../../config/read-variables.ts';
import type { VariableName } from '../../config/variables.ts';
import { silentLog } from '../../lib/log.ts';
import type { TokenProbe } from '../../platform/platform.ts';
import { PLATFORM_NAMES, PLATFORMS, type PlatformName } from '../../platform/platforms.ts';
import { resolveAuthorIdentifier } from '../../relays/author/author-identifier.ts';
import { previewAuthor } from '../../relays/lookup/author-preview.ts';
import { DEFAULT_RELAYS } from '../../relays/public-relays.ts';
import { sanitizeLine } from '../../relays/sanitize-text.ts';
import { createVerifier } from '../../relays/verify.ts';
import { INSPECTIONS } from '../../wiring/platforms.ts';

/** What was found out about an answer, in lines for the operator. */
export interface AnswerCheck {
  /** `wrong` can't be kept; `unsure` couldn't be checked. */
  readonly status: 'right' | 'wrong' | 'unsure';
  readonly lines: readonly string[];
}

/** A variable that `init` asks for. */
export interface Step {
  readonly name: VariableName;
  readonly title: string;
  readonly question: string;
  /** What is typed isn't shown. */
  readonly isSecret: boolean;
  check(value: string): Promise<AnswerCheck>;
}

/** How long the relays may take, in milliseconds. */
const RELAYS_MS = 10_000;
const MAX_EXCERPT = 60;

type Env = Readonly<Record<string, string | undefined>>;

/** The steps, with the relays and servers that the environment names. Throws `ConfigError` if those are wrong. */
export function stepsFor(env: Env, ownNames: readonly string[]): readonly Step[] {
  const apiUrls = PLATFORM_NAMES.map((name) => PLATFORMS[name].apiUrlVariable);
  const read = readVariables(env, ownNames, ['RELAYS', ...apiUrls]);
  if (read.status === 'invalid') throw new ConfigError(read.problems);
  const { values } = read;
  const relays = values.RELAYS?.length ? values.RELAYS : DEFAULT_RELAYS;
  return [
    {
      name: 'AUTHOR',
      title: 'Author: whose notes to post',
      question: 'npub, nprofile, hex key or NIP-05 address: ',
      isSecret: false,
      check: (value) => findAuthor(value, relays),
    },
    ...PLATFORM_NAMES.map((platform) => tokenStep(platform, values[PLATFORMS[platform].apiUrlVariable])),
  ];
}

function tokenStep(platform: PlatformName, apiUrl: string | undefined): Step {
  const { displayName, tokenVariable, tokenSource } = PLATFORMS[platform];
  return {
    name: tokenVariable,
    title: `${displayName}: ${tokenSource}`,
    question: 'Bot token (hidden): ',
    isSecret: true,
    async check(token) {
      const probe = await INSPECTIONS[platform]({
        token,
        ...(apiUrl !== undefined && { apiUrl }),
      }).identify();
      return checkOf(probe, displayName);
    },
  };
}

function checkOf(probe: TokenProbe, platform: string): AnswerCheck {
  switch (probe.status) {
    case 'valid': {
      const links = Object.entries(probe.links).map(([what, link]) => `${what}: ${link}`);
      return { status: 'right', lines: [sanitizeLine(probe.name, MAX_EXCERPT), ...links] };
    }
    case 'refused':
      return { status: 'wrong', lines: [`${platform} doesn't know this token. Copy it again`] };
    case 'unanswered':
      return { status: 'unsure', lines: [`${platform} couldn't check it: ${probe.reason}`] };
  }
}

async function findAuthor(value: string, relays: readonly string[]): Promise<AnswerCheck> {
  const signal = AbortSignal.timeout(RELAYS_MS);
  let identity: Awaited<ReturnType<typeof resolveAuthorIdentifier>>;
  try {
    identity = await resolveAuthorIdentifier(value, { fetch, signal });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // A look-up may work another time; the rest was checked before.
    return { status: 'unsure', lines: [why] };
  }
  const verifier = await createVerifier({ now: Date.now, log: silentLog });
  const { author, newest, answered } = await previewAuthor(identity.pubkey, {
    verifier,
    trusted: relays,
    hints: identity.relays,
    log: silentLog,
    signal,
  });
  if (answered === 0)
    return { status: 'unsure', lines: ['No relay answered, so nothing is known about the author'] };
  if (!newest)
    return {
      status: 'unsure',
      lines: [`${author.name} (${author.npub}): no notes on the relays that answered (${answered})`],
    };
  const date = new Date(newest.created_at * 1000).toISOString().slice(0, 10);
  const excerpt = sanitizeLine(newest.content, MAX_EXCERPT);
  return {
    status: 'right',
    lines: [`${author.name} (${author.npub})`, `Newest note, ${date}${excerpt && `: ${excerpt}`}`],
  };
}
