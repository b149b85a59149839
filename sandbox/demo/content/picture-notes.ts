import { type Draft, film, MEDIA_ROOT, picture } from './draft.ts';

const photo = { postType: 'photo' } as const;

/** Pictures at dawn, and a film now and then. */
export const pictureNotes: readonly Draft[] = [
  {
    ...photo,
    daysAgo: 1,
    time: '04:58',
    content: `GM. The harbour before anybody has an opinion about it. #gm #dawn\n${MEDIA_ROOT}dawn-harbour.png`,
    tags: [picture('dawn-harbour.png', 'Dawn over still water, low hills behind it')],
  },
  {
    ...photo,
    daysAgo: 5,
    time: '05:02',
    content: `Pink for four minutes, then grey again. #dawn #lanwan\n${MEDIA_ROOT}dawn-pink-5.png`,
    tags: [picture('dawn-pink-5.png', 'A pink sky over the bay')],
  },
  {
    ...photo,
    daysAgo: 10,
    time: '05:12',
    content: `Two mornings at Cloud Step, same bench. #dawn #tea\n${MEDIA_ROOT}dawn-clouds-1.png\n${MEDIA_ROOT}dawn-clouds-4.png`,
    tags: [
      picture('dawn-clouds-1.png', 'Mist between hills, the sun just up'),
      picture('dawn-clouds-4.png', 'The same hills a day later, in violet'),
    ],
  },
  {
    ...photo,
    daysAgo: 22,
    time: '05:20',
    content: `Day six of the quilt. Somewhere in this picture there are sixty ships. #fog\n${MEDIA_ROOT}fog-quilt.png`,
    tags: [picture('fog-quilt.png', 'Almost nothing: fog over water')],
  },
  {
    ...photo,
    daysAgo: 44,
    time: '05:08',
    content: `Mirror Lake earns its name. #dawn\n${MEDIA_ROOT}dawn-mirror.png`,
    tags: [picture('dawn-mirror.png', 'Sunrise doubled in a lake')],
  },
  {
    ...photo,
    daysAgo: 110,
    time: '05:25',
    content: `First snow on the Three Pines, last persimmon on the tree. #dawn #weather\n${MEDIA_ROOT}dawn-snow.png`,
    tags: [picture('dawn-snow.png', 'A cold blue dawn over pale hills')],
  },
  {
    daysAgo: 3,
    time: '06:30',
    postType: 'video',
    content: `The lock at work: seventeen seconds, one ferry, no hurry. #lanwan #harbour\n${MEDIA_ROOT}film-lock.mp4`,
    tags: [film('film-lock', 'A ferry rises in a lock', 17)],
  },
  {
    daysAgo: 69,
    time: '07:10',
    postType: 'video',
    content: `Loom on a barge. The shuttle keeps time with the engine. #barges\n${MEDIA_ROOT}film-loom.mp4`,
    tags: [film('film-loom', 'Hands at a loom below deck', 42)],
  },
];
