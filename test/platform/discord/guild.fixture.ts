import { onTestFinished } from 'vitest';
import type { PermissionName } from '../../../sandbox/discord/world/flags.ts';
import type { StoredMessage } from '../../../sandbox/discord/world/message-store.ts';
import type { Channel, User } from '../../../sandbox/discord/world/model.ts';
import { createTestPosts } from '../../../src/delivery/test-posts.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { startProgram } from '../../contract/platform/program.fixture.ts';
import { testPresenter } from '../../ready.fixture.ts';
import { startBot } from './discord.fixture.ts';

interface Component {
  readonly type: number;
  readonly label?: string;
  readonly placeholder?: string;
  readonly custom_id?: string;
  readonly style?: number;
  readonly options?: readonly { readonly value: string; readonly default?: boolean }[];
  readonly components?: readonly Component[];
}

const flat = (components: readonly Component[]): readonly Component[] =>
  components.flatMap((one) => [one, ...flat(one.components ?? [])]);

export const componentsOf = ({ components }: StoredMessage) =>
  flat(components as unknown as readonly Component[]);

/** The adapter with the real commands, and users. `can`: additional permissions of the bot's role. */
export async function startGuild(can: readonly PermissionName[] = ['ManageRoles']) {
  const all = await startBot();
  const { discord, guild, channel, mira, platform } = all;
  const shelf = new Map<string, readonly string[]>();
  const trial = createTestPosts({
    platforms: [platform],
    storage: {
      get: async (id) => shelf.get(id),
      set: async (id, receipts) => shelf.set(id, receipts),
      delete: async (id) => shelf.delete(id),
    },
    finish: testPresenter().finish,
    clock: systemClock,
  });
  const program = await startProgram(undefined, undefined, trial);
  onTestFinished(program.stop);
  const own = [...guild.roles.values()].find(({ managed }) => managed);
  if (own) discord.world.setRole(guild, own, can);
  await platform.start(program.host);

  async function seen(acting: ReturnType<typeof discord.slash>): Promise<StoredMessage> {
    const result = await acting;
    if (result.status === 'answered') return result.message;
    // The public deferral was deleted, and the private answer is a follow-up.
    const find = () =>
      discord.history(channel).find((one) => one.interaction?.id === result.interaction && !one.deleted);
    await discord.until(() => find() !== undefined);
    return find()!;
  }
  return {
    ...all,
    program,
    choices: (of: Channel = channel) =>
      program.store.destinations.get(`discord:${of.id}`).then((one) => one?.preferences),
    ask: (line: string, user: User = guild.owner, where: Channel = channel) => {
      const [name = '', ...rest] = line.slice(1).split(' ');
      const [option] = name === 'settings' ? ['change'] : ['type'];
      const options = rest.length > 0 ? { [option]: rest.join(' ') } : {};
      return seen(discord.slash({ user, channel: where, name, options }));
    },
    /** Presses the button with this label, or chooses a value of the select. */
    press(message: StoredMessage, label: string, values?: readonly string[], user: User = guild.owner) {
      const { custom_id: customId = '' } =
        componentsOf(message).find((one) => one.label === label || one.placeholder === label) ?? {};
      return seen(discord.press({ user, message, customId, ...(values && { values }) }));
    },
    rolesOf: (user: User) => guild.members.get(user.id)?.roles ?? [],
    mira,
  };
}
