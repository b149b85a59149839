import { isolated } from './isolated.ts';
import { line } from './lines.ts';
import { plural } from './plural.ts';

const listed = new Intl.ListFormat('en-GB');
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Said by /settings and its panels, and by what leads there. Times are written `08:00`. */
export const settingsTexts = {
  settings: {
    open: 'Settings',
    heading: 'Settings',
    back: '‹ Settings',
    touch: 'Touch what you want to change.',
    notYet: (author: string) =>
      `What ${isolated(author)} publishes does not come here yet. What would you like to get?`,
    later: 'All of it can be changed later.',
    typed: (right: string) => `Or type: ${line(right)}`,
    wrong: (given: string, right: string) =>
      `“${isolated(given)}” means nothing to me here. Right would be: ${right}`,
    unknown: (given: string, right: string) =>
      `I have no setting “${isolated(given)}”. There are: ${right}. /settings shows them all.`,
    or: ' or ',
    yes: 'Yes',
    no: 'No',
    standard: 'As usual',

    /** What comes, when and how, in sentences. */
    list: (names: readonly string[]) => listed.format(names),
    posts: {
      missive: 'missives',
      note: 'notes',
      link: 'links',
      photo: 'photos',
      video: 'videos',
      reply: 'replies',
      repost: 'reposts',
    },
    everything: 'everything',
    nothing: 'nothing',
    comes: (what: string, when: string) => `${capital(what)}, ${when}.`,
    atOnce: 'each at once',
    daily: (time: string, zone: string) => `in one digest every day at ${time} (${zone})`,
    weekly: (day: string, time: string, zone: string) =>
      `in one digest every ${capital(day)} at ${time} (${zone})`,
    always: (names: string) => `Always: ${names}.`,
    never: (names: string) => `Never: ${names}.`,
    held: (from: string, to: string) => `From ${from} to ${to} posts wait.`,
    hushed: (from: string, to: string) => `From ${from} to ${to} they make no sound.`,
    soundless: 'They make no sound.',

    ready: {
      label: 'Ready choices',
      explained: 'One of these sets at once what comes and when; all else stays as it is.',
    },
    presets: {
      everything: 'Everything',
      missives: 'Missives',
      pictures: 'Photos and videos',
      digest: 'Daily digest',
    },
    types: {
      label: (chosen: string) => `Posts: ${chosen}`,
      some: (chosen: string, all: string) => `${chosen} of ${all}`,
      heading: 'Which posts?',
      explained: 'Touch a kind to get it, or to get it no more.',
      empty: 'No kind is chosen: only what you follow comes.',
      all: 'All',
      none: 'None',
    },
    picks: {
      explained: '★ always comes, whatever kind of post it is. 🔇 never comes. A second touch takes it back.',
      full: (most: number) => `That is more than I can look after: ${most} at most. Take one back first.`,
      previous: '‹ Previous',
      next: 'Next ›',
      follow: 'follow',
      mute: 'mute',
      normal: 'normal',
    },
    series: {
      label: (chosen: string) => `Series: ${chosen}`,
      heading: 'Series',
      none: 'There are no series yet.',
    },
    hashtags: {
      label: (chosen: string) => `Hashtags: ${chosen}`,
      heading: 'Hashtags',
      none: 'There are no hashtags yet.',
    },
    rhythm: {
      label: (chosen: string) => `Rhythm: ${chosen}`,
      heading: 'When should posts come?',
      explained: {
        'at-once': 'Each one at once.',
        daily: 'One digest a day with all of it: titles, first lines, links. On days without posts, nothing.',
        weekly: 'One digest a week with all of it: titles, first lines, links.',
      },
      kinds: { 'at-once': 'At once', daily: 'Daily', weekly: 'Weekly' },
    },
    quiet: {
      label: (chosen: string) => `Quiet hours: ${chosen}`,
      heading: 'Quiet hours',
      explained: {
        off: 'Posts come at any hour.',
        hold: 'In these hours posts wait. What has waited comes when they end.',
        silence: 'In these hours posts come without a sound.',
      },
      manners: { off: 'Off', hold: 'Posts wait', silence: 'No sound' },
      from: (time: string) => `from ${time}`,
      to: (time: string) => `to ${time}`,
    },
    sound: {
      label: (chosen: string) => `Sound: ${chosen}`,
      heading: 'Sound',
      explained: 'Whether phones sound or buzz when something comes.',
      on: 'On',
      off: 'Off',
    },
    breaking: {
      label: (chosen: string) => `Breaking news: ${chosen}`,
      heading: 'Breaking news',
      explained:
        'What the author marks as breaking news can come at once, also in quiet hours and between digests.',
    },
    zone: {
      label: (chosen: string) => `Time zone: ${chosen}`,
      heading: 'Time zone',
      now: (zone: string, time: string) => `${zone}: there it is ${time} now.`,
      explained: 'If your clock says something else, choose another one.',
      unknown: (given: string) =>
        `I know no time zone for “${isolated(given)}”. Right would be the name of a large city nearby, such as: /settings\u00a0zone\u00a0Shanghai`,
      meant: (given: string, zones: string) =>
        `I am not sure which time zone “${isolated(given)}” is. Did you mean: ${zones}?`,
      names: {
        'America/Los_Angeles': 'Los Angeles',
        'America/New_York': 'New York',
        'America/Sao_Paulo': 'São Paulo',
        'Europe/London': 'London',
        'Europe/Berlin': 'Berlin',
        'Europe/Moscow': 'Moscow',
        'Africa/Johannesburg': 'Johannesburg',
        'Asia/Dubai': 'Dubai',
        'Asia/Kolkata': 'Kolkata',
        'Asia/Shanghai': 'Beijing',
        'Asia/Singapore': 'Singapore',
        'Asia/Tokyo': 'Tokyo',
        'Australia/Sydney': 'Sydney',
        'Etc/UTC': 'UTC',
      },
    },
    look: {
      label: (chosen: string) => `Look: ${chosen}`,
      heading: 'Look',
      explained: 'How posts look here, and what becomes of long ones.',
      styles: {
        auto: 'Whatever suits',
        card: 'Card',
        embed: 'Embed',
        plain: 'Plain text',
        classic: 'Classic',
        rich: 'Rich',
      },
      longs: {
        auto: 'Articles summed up',
        split: 'Always in full',
        cut: 'Only the beginning',
        summary: 'Always summed up',
      },
    },
    language: {
      label: (chosen: string) => `Language: ${chosen}`,
      heading: 'Language',
      explained: 'What I say around the posts. The posts themselves stay as they were written.',
      own: 'English',
    },
    text: {
      label: 'As text',
      heading: 'All choices as text',
      explained: 'To put them in place here or elsewhere, send this with the text behind it:',
      nothing: 'Put the text of the choices behind it. /settings\u00a0text shows that of this place.',
      wrong: (lines: number) => `Nothing was changed. I don’t understand ${plural(lines, 'line', 'lines')}:`,
      right: (written: string, example: string) => `${isolated(written)}\n→ right would be: ${example}`,
    },
  },
  catchup: {
    heading: 'What you missed',
    since: (date: string, count: number, most: boolean) =>
      `${most ? 'More than ' : ''}${plural(count, 'post', 'posts')} since ${date}, newest first`,
    none: (date: string) => `No new posts since ${date}.`,
    noMore: "That's everything.",
    day: '1 day',
    days: '3 days',
    week: '1 week',
    everything: 'All types',
  },
};
