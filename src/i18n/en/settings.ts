import { bidiIsolate } from '../bidi-isolate.ts';
import { typedLine } from '../symbols.ts';
import { plural } from './plural.ts';

const listed = new Intl.ListFormat('en-GB');
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Said by /settings and its panels, and by what leads there. Times are written `08:00`. */
export const settingsTexts = {
  settings: {
    open: 'Settings',
    heading: 'Settings',
    back: '‹ Settings',
    tapToChange: 'Tap a setting to change it.',
    notSubscribed: (author: string) =>
      `${bidiIsolate(author)}'s posts aren't delivered here yet. What would you like to get?`,
    later: 'You can change this any time in /settings.',
    typed: (right: string) => `Or type: ${typedLine(right)}`,
    wrong: (given: string) => `I don't understand “${bidiIsolate(given)}”. Try one of:`,
    unknown: (given: string, right: string) =>
      `There's no setting called “${bidiIsolate(given)}”. Use /settings, or one of: ${right}.`,
    noPreset: (given: string, right: string) =>
      `There's no preset called “${bidiIsolate(given)}”. Use one of: ${right}.`,
    yes: 'On',
    no: 'Off',
    standard: 'Default',

    /** The screens behind the first one; `back` leads to one of them. */
    groups: {
      what: 'What',
      when: 'When',
      how: 'How',
      server: 'Server',
      chats: 'Chats',
    },

    /** The settings as sentences: what comes, when and how. */
    list: (names: readonly string[]) => listed.format(names),
    everything: 'all posts',
    nothing: 'only posts you follow',
    youGet: (what: string, when: string) => `You get: ${what}, ${when}.`,
    atOnce: "as they're published",
    daily: (time: string, zone: string) => `in a daily digest at ${time} (${zone})`,
    weekly: (day: string, time: string, zone: string) =>
      `in a weekly digest on ${capital(day)}s at ${time} (${zone})`,
    following: (names: string) => `Following: ${names}.`,
    muted: (names: string) => `Muted: ${names}.`,
    quietHold: (from: string, to: string) => `Quiet ${from}–${to}: posts wait.`,
    quietSilent: (from: string, to: string) => `Quiet ${from}–${to}: no sound.`,
    alwaysSilent: 'Always silent.',

    presetScreen: {
      label: 'Presets',
      explained: "Sets which posts come and when. Other settings don't change.",
      first: 'Start with a preset, or choose for yourself:',
    },
    presets: {
      everything: 'Everything',
      missives: 'Missives only',
      pictures: 'Photos & videos',
      digest: 'Daily digest',
    },
    types: {
      label: (chosen: string) => `Post types: ${chosen}`,
      some: (chosen: string, all: string) => `${chosen} of ${all}`,
      heading: 'Post types',
      explained: 'Tap a type to turn it on or off.',
      empty: 'No type is on: you only get series and hashtags you follow.',
      all: 'All',
      none: 'None',
    },
    filters: {
      explained: '★ Follow: always get it. 🔇 Mute: never get it. Tap again to undo.',
      full: (most: number) => `You can pick up to ${most}. Remove one first.`,
      previous: '‹ Previous',
      next: 'Next ›',
      follow: 'follow',
      mute: 'mute',
      normal: 'normal',
    },
    series: {
      label: (chosen: string) => `Series: ${chosen}`,
      all: 'all',
      heading: 'Series',
      none: 'No series yet.',
      /** After `/settings series mute`. */
      example: '<name>',
    },
    hashtags: {
      label: (chosen: string) => `Hashtags: ${chosen}`,
      all: 'all',
      heading: 'Hashtags',
      none: 'No hashtags yet.',
      example: '#giveaway',
    },
    schedule: {
      label: (chosen: string) => `Schedule: ${chosen}`,
      heading: 'Schedule',
      explained: {
        'at-once': 'Every post arrives right away.',
        daily: 'One message a day with titles and links. Nothing on days without posts.',
        weekly: 'One message a week with titles and links.',
      },
      kinds: { 'at-once': 'Right away', daily: 'Daily digest', weekly: 'Weekly digest' },
      day: 'Day',
      time: 'Time',
    },
    quiet: {
      label: (chosen: string) => `Quiet hours: ${chosen}`,
      heading: 'Quiet hours',
      explained: {
        off: 'Posts arrive at any hour. At night you can hold them until morning, or get them silently.',
        hold: 'Posts wait until quiet hours end.',
        silence: 'Posts still arrive, but silently.',
      },
      modes: { off: 'Off', hold: 'Hold posts', silence: 'Silent' },
      begins: 'From',
      ends: 'To',
      from: (time: string) => `from ${time}`,
      to: (time: string) => `to ${time}`,
    },
    sound: {
      label: (chosen: string) => `Sound: ${chosen}`,
      heading: 'Sound',
      explained: 'Whether new posts make a sound or vibrate.',
      on: 'On',
      off: 'Off',
    },
    breaking: {
      label: (chosen: string) => `Breaking news: ${chosen}`,
      heading: 'Breaking news',
      explained: 'Get breaking news right away, even during quiet hours or between digests.',
    },
    zone: {
      label: (chosen: string) => `Time zone: ${chosen}`,
      heading: 'Time zone',
      now: (zone: string, time: string) => `Time zone: ${zone} (now ${time})`,
      explained: "Doesn't match your clock? Pick another.",
      /** For a city that is not in the list. */
      example: 'Helsinki',
      unknown: (given: string) =>
        `I can't find a time zone for “${bidiIsolate(given)}”. Try a large city near you: ${typedLine('/settings zone Shanghai')}`,
      didYouMean: (given: string, zone: string) =>
        `I'm not sure which time zone “${bidiIsolate(given)}” is. Did you mean ${zone}?`,
      ambiguous: (given: string, zones: string) =>
        `“${bidiIsolate(given)}” could be more than one time zone. Did you mean ${zones}?`,
      names: {
        'America/Los_Angeles': 'Los Angeles',
        'America/Denver': 'Denver',
        'America/Chicago': 'Chicago',
        'America/New_York': 'New York',
        'America/Sao_Paulo': 'São Paulo',
        'Europe/London': 'London',
        'Europe/Paris': 'Paris',
        'Europe/Berlin': 'Berlin',
        'Europe/Istanbul': 'Istanbul',
        'Europe/Moscow': 'Moscow',
        'Africa/Johannesburg': 'Johannesburg',
        'Asia/Dubai': 'Dubai',
        'Asia/Kolkata': 'Kolkata',
        'Asia/Shanghai': 'Beijing',
        'Asia/Hong_Kong': 'Hong Kong',
        'Asia/Taipei': 'Taipei',
        'Asia/Singapore': 'Singapore',
        'Asia/Seoul': 'Seoul',
        'Asia/Tokyo': 'Tokyo',
        'Australia/Sydney': 'Sydney',
        'Pacific/Auckland': 'Auckland',
        'Etc/UTC': 'UTC',
      },
    },
    style: {
      label: (chosen: string) => `Style: ${chosen}`,
      heading: 'Style',
      explained: 'How posts look here, and how long ones are shown.',
      long: 'Long posts',
      standard: 'Default style',
      standardLong: 'Default for long posts',
      styles: {
        auto: 'Automatic',
        card: 'Card',
        embed: 'Embed',
        plain: 'Plain text',
        classic: 'Classic',
        rich: 'Rich article',
      },
      longPosts: {
        auto: 'Summarize articles',
        split: 'Full text',
        cut: 'First part only',
        summary: 'Always summarize',
      },
    },
    language: {
      label: (chosen: string) => `Language: ${chosen}`,
      heading: 'Language',
      explained: 'The language I speak. Posts stay in their original language.',
      ownName: 'English',
    },
    exportTexts: {
      label: 'Export',
      heading: 'Your settings as text',
      explained: 'To restore these here or in another chat, send this followed by the text:',
      nothing: `Add the exported text after the command. Get it with ${typedLine('/settings export')}.`,
      wrong: (lines: number) => `Nothing changed – I couldn't read ${plural(lines, 'line', 'lines')}:`,
      right: (written: string, example: string) => `${bidiIsolate(written)}\n→ try: ${example}`,
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
