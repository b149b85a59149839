import { bidiIsolate } from '../bidi-isolate.ts';
import { plural } from './plural.ts';

/** What an alert is about. Each kind of alert uses the fields it needs. */
export interface AlertAbout {
  /** Name of the platform, such as `Discord`. */
  readonly platform: string;
  /** Where to get a new token for it, and where to put it. */
  readonly newToken: string;
  /** Channels and chats, or crashes. */
  readonly count: number;
  /** In the reader's language; may come from outside, such as SQLite's words. */
  readonly reason: string;
  /** Free space in megabytes. */
  readonly megabytes: number;
  /** By how many minutes the clock is ahead; negative: behind. */
  readonly minutes: number;
}

type Sentence = (about: AlertAbout) => string;

/** What the operator is told about one kind of trouble. */
export interface AlertTexts {
  /** What happened. */
  readonly happened: Sentence;
  /** What it means for readers. */
  readonly means: Sentence;
  /** What to do, and where to click. */
  readonly todo: Sentence;
  /** It's fine again. */
  readonly over: Sentence;
}

/** In private, to whoever runs the program. */
export const alertTexts = {
  /** Before a moment. */
  since: 'Since ',
  lasted: (minutes: number) => `It lasted ${duration(minutes)}.`,
  /** Reasons and how many channels each concerns. */
  reason: (count: number, reason: string) => (count === 1 ? reason : `${count} × ${reason}`),
  reasonsMore: (count: number) => `and ${plural(count, 'other reason', 'other reasons')}`,
  fixed: (count: number) => `${count} reported earlier ${count === 1 ? 'is' : 'are'} fine again.`,
  kinds: {
    refused: {
      happened: ({ platform }) => `${platform} no longer accepts the bot.`,
      means: ({ platform }) =>
        `Nothing is posted or answered on ${platform} until this is fixed. New posts are kept and delivered afterwards.`,
      todo: ({ newToken }) => `The token was probably reset. ${newToken}`,
      over: ({ platform }) => `${platform} accepts the bot again.`,
    },
    unreachable: {
      happened: ({ platform, reason }) => `${platform} can't be reached: ${bidiIsolate(reason)}.`,
      means: ({ platform }) => `New posts for ${platform} wait and are delivered in order afterwards.`,
      todo: ({ platform }) =>
        `If ${platform} works for you, check this machine's network, DNS and firewall. Otherwise just wait: I keep trying.`,
      over: ({ platform }) => `${platform} can be reached again.`,
    },
    shared: {
      happened: ({ platform }) => `Another program is using the bot's ${platform} token.`,
      means: () => "Both fetch the bot's messages, so commands may go unanswered or be answered twice.",
      todo: ({ newToken }) => `Stop the other one. If you don't know it, get a new token: ${newToken}`,
      over: ({ platform }) => `Nobody else uses the ${platform} token any more.`,
    },
    standby: {
      happened: ({ platform }) => `Another program was using the bot's ${platform} token first.`,
      means: ({ platform }) => `This Postrider stands by: it posts and answers nothing on ${platform}.`,
      todo: ({ newToken }) =>
        `Stop one of the two. If it's the other one, I take over within minutes. If you don't know it, get a new token: ${newToken}`,
      over: ({ platform }) => `I have the ${platform} token to myself now and post there again.`,
    },
    unpaid: {
      happened: ({ platform }) => `${platform} doesn't let me post at the rate that TELEGRAM_RATE asks for.`,
      means: () => 'Posts go out at the free rate, so the last readers get them later. Nothing is lost.',
      todo: () =>
        "Check the bot's Stars balance and Paid Broadcasts in @BotFather. I try again every hour. Or set TELEGRAM_RATE to 30 or less.",
      over: ({ platform }) => `${platform} hasn't refused the paid rate for hours.`,
    },
    relays: {
      happened: () => 'Not connected to any relay.',
      means: () => "New posts don't reach readers for now. They'll be delivered once a relay is back.",
      todo: () =>
        "Check this machine's network. If that works, add other relays to RELAYS and restart. /status says what's wrong with each relay.",
      over: () => 'Connected to a relay again.',
    },
    destinations: {
      happened: ({ count }) =>
        count === 1 ? "I can't post in 1 channel or chat." : `I can't post in ${count} channels and chats.`,
      means: () =>
        'Readers there get no new posts. What they miss is delivered once this is fixed. Whoever set up the channel has been told, if possible.',
      todo: () =>
        'If a channel is yours, do what its reason says; I try again every hour. The log names each one: destination.suspended.',
      over: () => 'No channel or chat is blocked any more.',
    },
    disk: {
      happened: ({ megabytes }) => `The disk is nearly full: ${megabytes} MB left.`,
      means: () =>
        'Everything still works. Once the disk is full, nothing is archived or delivered until there is room.',
      todo: () =>
        'Make room on the disk with the database, or move the database to a larger one (DATABASE_URL).',
      over: ({ megabytes }) => `The disk has room again: ${megabytes} MB.`,
    },
    store: {
      happened: ({ reason }) => `The database can't be read or written: ${bidiIsolate(reason)}.`,
      means: () =>
        'New posts are neither archived nor delivered, and commands fail. Nothing is lost: it all continues once this is fixed.',
      todo: () =>
        'Check free space on the disk, the owner and mode of the database file, and whether another program has it open.',
      over: () => 'The database works again.',
    },
    clock: {
      happened: ({ minutes }) =>
        `This machine's clock is ${duration(Math.abs(minutes))} ${minutes < 0 ? 'behind' : 'ahead'}.`,
      means: () =>
        'Digests, quiet hours and expiry come at the wrong time, and relays may refuse the connection.',
      todo: () => 'Turn on time synchronization (on Linux: timedatectl set-ntp true).',
      over: () => "This machine's clock is right again.",
    },
    crashes: {
      happened: ({ count }) => `Postrider ended unexpectedly ${count} times within an hour.`,
      means: () => 'Posts may be late, and commands fail in between. Nothing is lost.',
      todo: () =>
        'Read the end of the log before each restart: a stack trace is a bug, please report it. If there is none, the system may have run out of memory (on Linux: journalctl -k).',
      over: () => 'Postrider has been running for an hour without a crash.',
    },
  } satisfies Readonly<Record<string, AlertTexts>> as Readonly<Record<AlertKind, AlertTexts>>,
};

/** What the operator is told about, by name. */
export type AlertKind =
  | 'refused'
  | 'unreachable'
  | 'shared'
  | 'standby'
  | 'unpaid'
  | 'relays'
  | 'destinations'
  | 'disk'
  | 'store'
  | 'clock'
  | 'crashes';

function duration(minutes: number): string {
  const [hours, days] = [Math.round(minutes / 60), Math.round(minutes / 1_440)];
  if (minutes < 90) return plural(Math.max(1, Math.round(minutes)), 'minute', 'minutes');
  return hours < 48 ? plural(hours, 'hour', 'hours') : plural(days, 'day', 'days');
}
