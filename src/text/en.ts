/** Every sentence that people read, in English. Other languages have the same shape: `Texts`. */
export const en = {
  /** Said by the platforms' adapters, about the platform itself. */
  platform: {
    oldButton: 'This button is from an older version of me. Please ask again with the command.',
    failed: 'Something went wrong on my side. Please try again in a minute.',
    notYours: 'Only people who manage this place can do that.',
    removed: 'This note was taken back by its author.',
    part: (part: number, parts: number) => `${part}/${parts}`,
    hiddenMedia: 'Hidden picture or video',
    image: 'image',
    video: 'video',
    audio: 'audio',
  },
};

export type Texts = typeof en;
