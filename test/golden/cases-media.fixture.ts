import { type Cases, imeta, OTHER, wren } from './case.fixture.ts';

const picture = (name: string): string => `https://pictures.example/${name}`;
const eleven = Array.from({ length: 11 }, (_, index) => picture(`pier-${index + 1}.jpg`));
const story =
  'The crane has been standing still for a week, and people have begun to talk about it as one does about the weather. ';

/** Pictures, films and sounds. */
export const media: Cases = {
  'photo-with-words': `Dawn over the pier.\n\n${picture('dawn.jpg')}`,
  'photo-alone': picture('dawn.jpg'),
  'photo-between-words': `Before:\n${picture('before.jpg')}\nAfter some paint, and nothing else. ${picture('after.jpg')} Better?`,
  'photos-where-their-words-are': `Left door:\n\n${picture('left.jpg')}\n\nRight door:\n\n${picture('right.jpg')}\n\nThe right one sticks.`,
  'photos-with-words-below': `${picture('left.jpg')}\nThe left door, painted.\n\n${picture('right.jpg')}\nThe right door, not yet.\n\n${picture('hinge.gif')}\nAnd why: the hinge.`,
  'photo-in-one-place': `The crane, today:\n${picture('crane.jpg')} ${picture('hook.jpg')}\nIt has not moved.`,
  'photo-before-hashtags': `Dawn over the pier.\n${picture('dawn.jpg')}\n#dawn #harbour`,
  'photo-in-a-sentence': `The crane (${picture('crane.jpg')}), still standing.`,
  'photos-with-commas': `${picture('a.jpg')}, ${picture('b.jpg')}. ${picture('c.jpg')} · ${picture('d.jpg')}\n\nFour of them.`,
  'photo-at-the-end': `Look at that #crane ${picture('crane.jpg')}.\nStill there.`,
  'photo-in-capitals': 'HTTPS://PICTURES.EXAMPLE/DAWN.JPG?W=1&H=2',
  'photo-described': {
    content: `The crane, today.\n${picture('crane.jpg')}`,
    tags: [
      imeta({
        url: picture('crane.jpg'),
        m: 'image/jpeg',
        dim: '3024x4032',
        alt: 'A red crane in fog, its hook lowered',
        fallback: 'https://mirror.example/crane.jpg',
      }),
    ],
  },
  'photo-without-ending': {
    content: 'https://blobs.example/4f6c1b',
    tags: [imeta({ url: 'https://blobs.example/4f6c1b', m: 'image/webp', dim: '800x600' })],
  },
  'photos-two': `${picture('left.jpg')}\n${picture('right.png')}\nLeft bank, right bank.`,
  'photos-in-wrappers': `Three doors:\n\n1. ![](${picture('left.jpg')})\n2. "${picture('right.jpg')}"\n3. The third is shut — ${picture('shut.jpg')}\n\n[![The harbour](${picture('logo.png')})](https://harbour.example/page)`,
  'photos-glued': `Left and right ${picture('left.jpg')}${picture('right.jpg')}nostr:${OTHER.nevent}`,
  'photo-with-a-headline': `The harbour opens again in June\n\nhttps://news.example/harbour\n\n${picture('dawn.jpg')}`,
  'photo-by-ending-of-type': {
    content: 'Dawn https://blobs.example/4f6c1b',
    tags: [imeta({ url: 'https://blobs.example/4f6c1b', m: 'jpeg', dim: '4284.0x5712.0' })],
  },
  'photos-eleven': `The whole pier, plank by plank.\n\n${eleven.join('\n')}`,
  'photo-under-a-missive': `What the crane is waiting for\n\n${story.repeat(8).trim()}\n\n${story.repeat(4).trim()}\n\n${picture('crane.jpg')}`,
  'photo-moving': `Hook goes up, hook goes down.\n${picture('hook.gif')}`,
  'drawing-as-link': `The plan: ${picture('plan.svg')}`,
  'video-with-words': 'Eleven seconds of fog. https://films.example/fog.mp4',
  'video-as-stream': 'Live from the pier: https://films.example/pier.m3u8',
  'audio-with-words': 'The fog horn, as promised.\n\nhttps://sounds.example/horn.mp3',
  'audio-of-another-kind': {
    content: 'Gulls.\nhttps://sounds.example/gulls.ogg',
    tags: [imeta({ url: 'https://sounds.example/gulls.ogg', m: 'audio/ogg', alt: 'Gulls, very near' })],
  },
  'warning-with-photo': {
    content: `The boat, afterwards.\n${picture('boat.jpg')}`,
    tags: [['content-warning', 'a wreck']],
  },
  'reply-to-self': {
    content: `And from the other side: ${picture('dawn-2.jpg')}`,
    tags: [
      ['e', OTHER.id, '', 'root', wren.pubkey],
      ['p', wren.pubkey],
    ],
  },
  'kind-20-pictures': {
    kind: 20,
    content: 'Three mornings, one crane. #harbour',
    tags: [
      ['title', 'Mornings'],
      ...[1, 2, 3].map((day) =>
        imeta({
          url: picture(`morning-${day}.jpg`),
          m: 'image/jpeg',
          dim: '1600x1200',
          alt: `Morning ${day}`,
        }),
      ),
      ['t', 'harbour'],
    ],
  },
  'kind-21-video': {
    kind: 21,
    content: 'The ferry turns, slowly.',
    tags: [
      ['title', 'A ferry turning'],
      imeta({
        url: 'https://films.example/ferry',
        m: 'video/mp4',
        dim: '1920x1080',
        duration: '29.223',
        image: picture('ferry.jpg'),
      }),
    ],
  },
  'kind-22-short-video': {
    kind: 22,
    content: '',
    tags: [
      ['title', 'Gull'],
      imeta({ url: 'https://films.example/gull.mp4', m: 'video/mp4', dim: '1080x1920', duration: '6' }),
    ],
  },
};
