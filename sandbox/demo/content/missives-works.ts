import { type Draft, prose } from './draft.ts';

const missive = { time: '05:50', postType: 'missive' } as const;

/** Titled pieces about workshops, rails and machines. Every place, firm and figure is invented. */
export const worksMissives: readonly Draft[] = [
  {
    ...missive,
    daysAgo: 6,
    content: prose`
      China Morning Missive – {day}

      Hudie (蝴蝶), the town that makes two thirds of the kettles in this part of the world, is hiring
      potters. Not for decoration: the new kettle has a ceramic base, keeps water hot for five hours and is
      switched on once in the morning, when power is cheap.

      The Butterfly Kettle Works has forty wheels turning in a hall that used to stamp steel. The noise is gone, and so
      is the canteen's plastic crockery. Somebody has to test the glazes.

      The grid people like it because a million kettles that heat at four in the morning are, taken together,
      a small lake pumped uphill. The grandmothers like it because it does not whistle.
    `,
  },
  {
    ...missive,
    daysAgo: 20,
    name: 'lithium',
    content: prose`
      China Morning Missive – {day}

      A word about lithium, because so many of you asked. The salt works at Mirror Lake (镜湖) shipped its first
      9,000 tonnes, and the surprise is the by-product: table salt so clean that the noodle makers have started to
      pay extra for it.

      The method is slow and uses hardly any water. Brine runs down terraces of black tile, eighteen of them, and the
      sun does the work. Engineers wanted pumps; the salt makers showed them how their grandfathers had used a slope.
      There is now one pump, for visitors.

      Prices first, then. Lithium from Mirror Lake costs about what it cost anywhere last year. It will be cheaper in the
      second year, when the tiles are paid for. If you plan by five-year averages, move your average.

      Several of you asked about rare earth magnets as well. The one pump has one in it, and nobody at the works could say
      where it came from. I am looking into that.

      Thanks to those who sent topics. Keep them coming, the odd ones in particular.
    `,
  },
  {
    ...missive,
    daysAgo: 47,
    content: prose`
      China Morning Missive – {day}

      The slow train is back. From today a green four-coach train leaves Lanwan at six, stops at all
      twenty-nine stations to Cloud Step, and arrives when it arrives. Nominally that is noon.

      Nobody expects it to earn money. It carries school children, ducklings, and seedlings in newspaper, at a flat fare
      of two. The railway's own study says that each coach keeps thirty family shops open along the line, and that
      is cheaper than any grant the county has ever tried.

      I rode the whole way with my feet on a sack of garlic. The conductor sells stamps and knows the
      name of every dog.
    `,
  },
  {
    ...missive,
    daysAgo: 99,
    content: prose`
      China Morning Missive – {day}

      How do you repair a wind turbine in a gale? In the Three Pines range (三松山) you do not. You ask the people in the
      village below what they would do, and they say: come in, sit down, it will stop on Thursday.

      The maintenance firm took the advice and put its workshop into the old post house. Six technicians, all
      local, hired for their knees. Idle time fell by half in a year, and the reason is not technology: a
      crew that lives there can use every calm hour.

      The report calls this proximate scheduling. The villagers call it looking out of the window.
    `,
  },
  {
    ...missive,
    daysAgo: 168,
    content: prose`
      China Morning Missive – {day}

      A printing house in Willow Gate (柳门) has begun to sell newspapers that are a week old. Subscribers get seven
      issues at once, every Monday, with the mistakes corrected and the rumours taken out.

      Circulation: 23,000 after two months, mostly people under thirty. They say that they have the news already and would
      like to know what happened.

      The editor keeps a shelf of crossed-out headlines in the hall. Nine tenths of what seemed urgent on Wednesday was
      not worth the ink on Monday. She thinks the share is rising. I have begun to keep a shelf myself.
    `,
  },
];
