import { type Fields, isErrorFields, type MessageFor } from './lib/log.ts';
import { PLATFORM_NAMES, PLATFORMS } from './platform/platforms.ts';

/**
 * The sentence that people read for each event in the `pretty` format; the only list. `{field}` is a field of the event,
 * `{count:post|posts}` a number with its noun, and `[…]` is left out if a field in it is missing. Text from strangers
 * isn't put into sentences; it stays in its field after them. An empty sentence hides the line, because another one says the same.
 */
export const LOG_MESSAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // The program
    'program.started': '',
    'author.followed': 'Postrider[ {version}], following {name}[ ({npub})][, {platforms}][, Node {node}]',
    'author.named': 'The author is now called {name}',
    'program.ready':
      'Ready: {notes:post|posts} in the archive, {destinations:channel or chat|channels and chats} subscribed[ – {hint}]',
    'program.stopping': 'Stopping ({signal})',
    'archive.filling': 'Loading archive… {notes:post|posts}',
    'status.listening': 'Status server at {url}',
    'status_page.withheld':
      'No status page: with HOST={host}, other machines could read it. Set STATUS_PASSWORD to turn it on',
    'activity.postponed': "Counts for the status page can't be saved yet",
    'site.listening': 'Public site for {publicUrl} at {url}',
    'site.failing': "Pages of the public site can't be made",
    'alert.sent': 'Alert sent to {operator} ({alert})',
    'alert.undelivered': "Alert couldn't be sent to {operator} ({alert})",
    'alert.failed': "Alert couldn't be sent to {operator} ({alert}) because of a bug",
    'alerts.failed': 'Looking for something to alert the operator to failed; trying again',
    'alerts.unsaved': "What the operator was told couldn't be saved yet",
    'operator.reachable': 'Alerts go to {operator}',
    'operator.unreachable': "{operator} can't be written to, so alerts don't arrive there: {remedy}",
    'clock.jumped': 'The system clock jumped by {byMs}; reconnecting to the relays',
    'job.finished': 'Scheduled job done ({name})',
    'job.failed': 'A scheduled job failed; it will run again at its next time',

    // Several processes
    'role.taken': 'This process does the work of {role} now',
    'role.awaited': 'Another process does the work of {role}; standing by',
    'role.lost':
      'Lost {role}: {reason}. Another process may do its work now, so everything of it has stopped here',
    'role.unavailable': "The database doesn't say who does the work of {role}; asking every second",
    'role.unreported': "The state of {role} couldn't be reported to the other processes yet",
    'delivery.abandoned': 'A delivery to {destination} was abandoned: another process does this work now',
    'role.unfinished': 'Stopping {role} after it was lost failed',
    'role.unread': "The states of the other processes can't be read",
    'errand.failed': 'What another process asked for failed',
    'author.unread': "The author's new profile can't be read yet",

    // The database
    'store.opened': '',
    'store.migrated': 'Database upgraded from schema {from}',
    'store.restored':
      'Restored from a backup: what was waiting then counts as delivered ({destinations} destinations)',
    'store.occupied':
      'Database is in use by another Postrider[ (pid {pid} on {host})], waiting up to {waitingMs}',
    'store.awaited': "Database can't be reached; waiting up to {waitingMs}",
    'store.failing': "Database can't be read or written; waiting, nothing is lost",
    'store.recovered': 'Database works again after {afterMs}',
    'store.tightened': 'Database files were readable by others; fixed',
    'store.exposed': "{path} is readable by others and that can't be changed",
    'store.residue': "Deleted data can't be overwritten in the database file yet; trying again",
    'note.expired': '{count:expired post|expired posts} removed',
    'note.reindexed': 'The archive was re-indexed for this version',
    'reindex.failed': 'Re-indexing the archive failed; the next start continues it',
    'destination.forgotten': 'Forgot {count:destination|destinations} after 30 days',

    // Relays
    'relay.completed': 'Caught up with {relay} ({received:event|events})',
    'relay.interrupted': 'Connection to {relay} interrupted ({trouble}), reconnecting',
    'relay.withholding': "{relay} doesn't show the author's posts ({trouble})",
    'relay.failed': 'Following {relay} failed because of a bug; trying again',
    'relay.dropped': "{relay} is no longer in the author's relay list; disconnected",
    'notice.received': 'Notice from {relay}',
    'request.simplified': 'Asking {relay} for less at a time',
    'negentropy.skipped': 'Comparing archives with {relay} (NIP-77) failed',
    'relay.unreachable': "{relay} didn't answer",
    'relay.refused': "{relay} isn't followed ({reason})",
    'relay.query_refused': '{relay} refused a request ({trouble})',
    'page.saturated': '{relay} may have more events in one second than it shows',
    'frame.discarded': 'Message from a relay was too large ({bytes} bytes) and discarded',
    'event.rejected': 'An event from a relay was rejected ({reason})',
    'event.refused': 'An event was refused ({reason})',
    'publish.refused': '{relay} refused an event of ours ({reason})',
    'verifier.degraded': 'Fast signature checks are unavailable ({reason}); using the slower ones',
    'note_worker.failed':
      "A long note couldn't be read in the worker thread; read in the main thread instead",
    'reference.resolved': 'Looked up what a note mentions: {people:person|people}, {notes:note|notes}',
    'reference.failed': 'Looking up what a note mentions failed; it shows short keys instead',
    'name.failed': 'Looking up a name failed',
    'note.added': 'New note archived',
    'note.replaced': 'New version of a note archived',
    'note.known': 'Note is already archived',
    'note.outdated': 'Older version of a note ignored',
    'note.deleted': '{count:post|posts} deleted by the author',
    'note.skipped': 'A note was skipped ({reason})',

    // Delivery
    'message.sent': 'Delivered to {destination}',
    'message.retrying': 'Delivery to {destination} failed, trying again in {afterMs}',
    'message.rejected': 'A message for {destination} was rejected and skipped',
    'message.abandoned': 'A message for {destination} kept failing and was given up',
    'message.uncertain': 'A message for {destination} may already have arrived; making sure',
    'message.kept': "{platform} can't change a message in {destination}; it stays as it is",
    'message.orphaned': 'A message may have been left in {destination}',
    'message.refused': '{platform} refused a message in this form; trying a plainer one',
    'broadcast.paid':
      'Delivering up to {rate} messages a second on {platform}; above 30, Telegram charges 0.1 Stars each',
    'broadcast.slowed':
      "{platform} doesn't grant {wanted} messages a second; delivering {rate} a second for an hour. Nothing is lost",
    'message.simplified': '{platform} refused a message in this form; sending a plainer one',
    'message.crossposted': 'Published to following channels',
    'message.crosspost_failed': "A post couldn't be published to following channels",
    'deletion.split': "Messages couldn't be deleted together; deleting them one by one",
    'message.delete_failed': "An old message couldn't be deleted and stays next to its new version",
    'message.emptied': "A message couldn't be deleted; its text was replaced instead",
    'destination.subscribed': '{destination} subscribed',
    'destination.unsubscribed': '{destination} unsubscribed',
    'destination.suspended': '{destination} gets no posts for now[: {remedy}]',
    'destination.gone': '{destination} is gone; kept for 30 days in case it comes back',
    'destination.resumed': '{destination} gets posts again',
    'destination.moved': '{destination} moved to {to}',
    'destination.sync_failed': "A change of channels couldn't be recorded",
    'delivery.failed': 'Delivery to {destination} failed because of a bug; trying again',
    'delivery.stalled': 'Delivery on {platform} is held up by an error; trying again',
    'crosspost.load_failed': "Posts waiting to be published couldn't be read",
    'crosspost.save_failed': "Posts waiting to be published couldn't be saved",
    'notice.sent': 'The subscriber of {destination} was notified that posts no longer arrive',
    'notice.undelivered': "The subscriber of {destination} couldn't be notified that posts no longer arrive",
    'notice.failed': 'Notifying a subscriber failed',
    'topic.closed': 'Topic {topic} is closed or deleted; posting to the group itself',
    'role.missing': "A role to mention was deleted or can't be mentioned; posting without it",
    'refusal.unconfirmed':
      'Discord refused a message in a channel that looks writable; asking again in {afterMs}',
    'embed.forbidden': 'Embed Links is missing in channel {channel}; posting without embeds',
    'thread.rename_failed': "A forum post couldn't be renamed",

    // A platform as a whole
    'platform.connected': '',
    'platform.refused': '{platform} refused the token or setup: {reason}',
    'platform.halted': '{platform} refuses the token; nothing more is sent there',
    'platform.unreachable': "{platform} isn't answering ({reason}); posts wait",
    'platform.recovered': '{platform} is back after {awayMs}',
    'menu.unchanged': 'Commands are already registered ({commands})',
    'menu.published': 'Commands registered ({commands})',
    'menu.read_failed': "The registered commands couldn't be read; registering them again",
    'menu.refused': 'Discord refused to register the commands; the ones from before still work',
    'menu.failed': "Telegram's command menu couldn't be updated",

    // Discord
    'gateway.ready': 'Discord ready[ as {name}] in {guilds:server|servers} – invite: {invite}',
    'invite.private': 'Only you can add the bot to servers[: {hint}]',
    'invite.unchecked': "Couldn't check whether others may add the bot ({reason})",
    'gateway.unreachable': 'Discord unreachable ({reason}), retrying in {pauseMs}',
    'gateway.reconnecting': 'Discord connection {shard} lost, reconnecting',
    'gateway.closed': 'Discord closed connection {shard} (code {code})[: {reason}]',
    'gateway.failed': 'Discord connection {shard} had an error ({reason})',
    'gateway.refused': 'Discord refused to log in again: {reason}',
    'gateway.sharding_required': 'Discord wants more connections than {shards}; logging in again',
    'shard.unknown': "Discord didn't say how many connections it wants; trying {shards}",
    'gateway.exhausted':
      'Discord allows only {remaining} more logins today and {needed} are needed; waiting until {until}',
    'identify.delayed': "Whether a Discord connection may log in can't be found out yet; trying again",
    'gateway.session_restarted': "Discord connection {shard} wasn't resumed; logging in again",
    'client.failed': 'An error in the Discord client ({reason})',
    'request.refused': 'Discord refused {count} requests within ten minutes',
    'request.paused': 'Discord refused {count} requests; deliveries pause for {pauseMs} to avoid an IP ban',
    'greeting.sent': 'Said hello to a new server',
    'greeting.failed': "Couldn't say hello to a new server: no channel to post in",

    // Telegram
    'login.accepted': 'Telegram ready as @{username} – {link}',
    'login.retrying': 'Telegram unreachable ({reason}), retrying',
    'polling.failed': "Telegram's updates can't be fetched ({reason}), retrying",
    'polling.refused': 'Telegram refuses the token; no commands are answered',
    'token.shared': 'Another program is using the same Telegram token',
    'token.standby': 'Another program was first with this Telegram token; standing by until it stops',
    'token.regained': 'This program has the Telegram token to itself again',
    'webhook.removed': 'A webhook was set for the Telegram bot; removed',
    'webhook.failed': "The Telegram bot's webhook couldn't be removed ({reason})",
    'update.unconfirmed':
      "The last Telegram updates couldn't be confirmed; they come again at the next start",
    'dm.failed': "Couldn't tell the person who added the bot what's missing",
    'setup.delete_failed': "A setup message couldn't be deleted ({reason})",
    'typing.failed': "“typing…” couldn't be shown",
    'callback.unacknowledged': "A tap couldn't be acknowledged",
    'answer.edit_failed': "An answer couldn't be replaced; sending a new one",
    'update.failed': 'A Telegram update failed to be handled ({reason})',
    'file.cache_failed': "An uploaded file couldn't be remembered; it'll be uploaded again",

    // Media
    'media.fetched': 'Downloaded {url} ({bytes} bytes)',
    'picture.failed': "A chart couldn't be drawn, so the answer comes without it",
    'media.refused': "An image or video couldn't be used; trying another way",
    'media.linked': 'An image or video is sent as a link',
    'media.uploading': 'Uploading {files:file|files}, since the address was refused',
    'upload.refused': 'Discord refused uploaded files; sending links',

    // Commands and readers
    'command.answered': '/{command} answered on {platform}',
    'user.refused': 'Rate limit in {place}: wait {waitMs}',
    'autocomplete.failed': 'Autocomplete came too late',
    'command.failed': '/{command} on {platform} failed because of a bug',
    'answer.lost': "An answer to a command couldn't be sent",
    'user.unknown': "Couldn't check whether somebody is an admin; assuming not",
    'suggestion.failed': 'Autocomplete for /{command} failed',
    'example.unread': "An example for a form couldn't be read",
    'user.read_failed': "A reader's language and time zone couldn't be read; using the app's",
    'user.save_failed': "A reader's language couldn't be saved",
    'share.simplified': 'Inline results were refused for their formatting; sending plain text',
    'share.lost': "Inline results couldn't be sent",

    // Private messages with the author
    'dm.sent': 'A private message to the author was sent',
    'dm.retrying': 'A private message is held up by an error; trying again',
    'dm.save_failed': "Couldn't save which private messages were read",
    'dm.interrupted': 'Reading private messages interrupted, reconnecting',
    'dm.saturated': 'A relay may have more private messages in one second than it shows',
    'dm.caught_up': 'Private messages read',
    'dm.read_failed': "Private messages can't be read from a relay",
    'reader.blocked': 'The author changed a block ({code})',
    'reply.delivered': "The author's reply {proposal} was delivered",
    'reply.refused': "The author's reply {proposal} couldn't be delivered",
  }),
);

/** What people call a value, by field. */
const DISPLAY_NAMES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries({
    platform: new Map(PLATFORM_NAMES.map((name) => [name, PLATFORMS[name].displayName])),
    trouble: new Map(
      Object.entries({
        unreachable: "it can't be reached",
        lost: 'the connection was lost',
        silent: 'no answer',
        'rate-limited': 'it asks to slow down',
        'needs-key': 'it needs a key: set BOT_KEY',
        'refuses-key': "it doesn't accept the bot's key",
        'refuses-us': 'it refuses this program',
        'refuses-filter': "it doesn't accept the query",
        withholds: 'other relays do',
        misbehaves: 'it sent something invalid',
        failing: 'a bug',
      }),
    ),
  }),
);

/** Shortened or reworded in the sentence, so they are repeated after it, where they can be copied and searched for. */
const REPEATED: ReadonlySet<string> = new Set(['npub', 'trouble']);

/** Too long for a sentence. */
const PUBLIC_KEY = /^npub1[a-z\d]{20,}$/u;

/** The sentence for an event and the fields it contains; `undefined` if the table has none. */
export const messageFor: MessageFor = (event, fields) => {
  const template = LOG_MESSAGES.get(event);
  if (template === undefined) return undefined;
  const usedFields = new Set<string>();
  const fill = (part: string): string =>
    part.replace(/\{(\w+)(?::([^|}]+)\|([^}]+))?\}/gu, (_all, name: string, one?: string, many?: string) => {
      const value = fields[name];
      if (!REPEATED.has(name)) usedFields.add(name);
      return one === undefined ? formatField(name, value) : `${String(value)} ${value === 1 ? one : many}`;
    });
  const hasFields = (part: string): boolean =>
    [...part.matchAll(/\{(\w+)/gu)].every(([, name = '']) => isWorthShowing(name, fields));
  const text = fill(
    template.replace(/\[([^\]]*)\]/gu, (_all, part: string) => (hasFields(part) ? part : '')),
  );
  return { text, usedFields };
};

/** An author without a name is called by their npub already. */
const isWorthShowing = (name: string, fields: Fields): boolean =>
  fields[name] !== undefined && !(name === 'npub' && String(fields['name']).startsWith('npub1'));

function formatField(name: string, value: unknown): string {
  if (value === undefined) return '?';
  if (isErrorFields(value)) return value.message;
  if (name.endsWith('Ms') && typeof value === 'number') return duration(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (PUBLIC_KEY.test(text)) return `${text.slice(0, 12)}…`;
  if (name === 'platforms')
    return text
      .split(', ')
      .map((one) => displayName('platform', one))
      .join(' + ');
  if (name === 'reason') return text.replace(/^No answer from \w+: /u, '');
  return displayName(name, text);
}

const displayName = (field: string, value: string): string => DISPLAY_NAMES.get(field)?.get(value) ?? value;

/** `0.4 s`, `12 s`, `3 min`, `2 h`. */
function duration(ms: number): string {
  if (ms < 0) return `-${duration(-ms)}`;
  const seconds = ms / 1000;
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = seconds / 60;
  return minutes < 120 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`;
}
