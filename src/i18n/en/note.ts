import { bidiIsolate } from '../bidi-isolate.ts';

/** Placeholders inside a note. */
export const noteTexts = {
  someNote: 'a note',
  someArticle: 'an article',
  /** Marks a link among the author's words as inserted by us. */
  noteElsewhere: '↗ a note on Nostr',
  articleElsewhere: '↗ an article on Nostr',
  /** Before the name of its site. */
  somePage: 'a page',
  secret: '[secret removed]',
  open: 'Open in browser',
  readOn: 'Read more',
  noteBy: (name: string) => `a note by ${bidiIsolate(name)}`,
  articleBy: (name: string) => `an article by ${bidiIsolate(name)}`,
  /** Above a repost, and before its name. */
  repostOf: 'Shared',
  repostNamed: 'Shared: ',
  inReplyTo: 'Replying to',
  warning: (reason: string) => (reason ? `Content warning: ${bidiIsolate(reason)}` : 'Content warning'),
  untitled: 'Untitled note',
  commentOn: 'Commenting on',
  from: 'From',
  voice: 'Voice message',
  vote: 'Vote on Nostr',
  watch: 'Watch',
  pollOfOne: 'Poll · pick one',
  pollOfSeveral: 'Poll · pick several',
  pollUntil: 'closes',
  liveNow: '🔴 Live now',
  liveOver: 'This stream has ended.',
  liveWatch: 'Watch:',
  liveRecording: 'Recording:',
  liveBegan: 'Started',
  liveEnded: 'Ended',
  invoice: (sat?: number) =>
    sat === undefined ? '⚡ invoice' : `⚡ invoice, ${sat.toLocaleString('en')} sat`,
  testInvoice: '⚡ invoice (test network)',
  paymentLink: '⚡ payment link',
};
