import { type Draft, prose } from './draft.ts';

const missive = { time: '05:40', postType: 'missive' } as const;

/** Titled pieces about ships, rivers and what they carry. Every place, firm and figure is invented. */
export const harbourMissives: readonly Draft[] = [
  {
    ...missive,
    daysAgo: 1,
    content: prose`
      China Morning Missive – {day}

      Lanwan Harbour (蓝湾港) opened its new river lock at first light, an hour ahead of plan. The first vessel
      through was not a container ship but the ferry Morning Heron, with eleven passengers, a crate of
      persimmons and somebody's bicycle.

      The lock matters more than it looks. Until yesterday a barge from Stone Ferry waited on average
      nine hours for the tide. Now it waits twenty minutes, and the barge families have started to argue
      about what to do with the time. One skipper told me she intends to sleep. Another has bought a loom.

      Watch the small numbers. Lanwan moved 412 barges last week; the harbour office expects 600 by
      the lantern festival. If they get there, the price of river gravel will fall in four counties, and
      with it the price of every footbridge planned for next year.

      What should I look at next? Send me topics, and I will walk over and ask.
    `,
  },
  {
    ...missive,
    daysAgo: 9,
    name: 'ledger',
    content: prose`
      China Morning Missive – {day}

      The Blue Crane Line has ordered four ships that carry no fuel tank at all. They will run on
      batteries swapped at the quay, the way a tea house swaps thermos flasks, and they will only ever
      sail between Lanwan and the islands, forty minutes at a time.

      I spent a morning at the yard in Dongting Bend (东亭湾) where the hulls are welded. Captain Guo, who
      signed the order, keeps the sums in a school exercise book. A swap costs him 310, the diesel it replaces
      cost 540, and the crew no longer comes home smelling of work. He underlined the last one twice.

      Short routes, fixed times, a crane that is idle anyway: that is the whole recipe. I expect to see it
      copied on lakes before it is copied at sea.
    `,
  },
  {
    ...missive,
    daysAgo: 26,
    content: prose`
      China Morning Missive – {day}

      Fog over the harbour for the sixth morning. The pilots have a word for it, 棉被 (cotton quilt), and a
      rule: when you cannot see the red crane from the blue one, everybody drinks tea.

      Sixty-one ships lay outside at dawn. Nobody seemed worried. The grain is dry, the contracts have a
      clause for weather, and the noodle boat that rows from anchor to anchor had its best week since
      spring. Its owner, Auntie Pei, sells by colour of hull, because in this light the names cannot be read.

      There is a lesson in it for people who forecast trade from satellite pictures. A crowded
      anchorage can mean a boom, a strike, or a quilt. Ask Auntie Pei before you write the headline.
    `,
  },
  {
    ...missive,
    daysAgo: 61,
    content: prose`
      China Morning Missive – {day}

      A lighthouse was sold at auction yesterday for the price of a small flat. White Gull Rock (白鸥礁) has not
      guided a ship for a decade, but it has a kitchen, 118 steps and a view that made the auctioneer lose his
      place in the catalogue.

      The buyer is a school. Twelve pupils from the outer islands will board there during the week,
      because the ferry home does not run in winter. They have already voted on the colour of the door.
      It will be yellow, so that mothers can see it from the boats.

      I asked the head teacher what they will do with the lamp. Keep it, she said, and light it
      on Fridays.
    `,
  },
  {
    ...missive,
    daysAgo: 118,
    content: prose`
      China Morning Missive – {day}

      The harbour master of Lanwan retires today after thirty-four years, and for once the harbour is late
      because everybody wanted to shake his hand. Mr Shen (沈) began as a boy who painted numbers on mooring
      posts. He still corrects the sevens.

      He gave me three pieces of advice for anyone who writes about trade. Count the empty containers, not
      the full ones. Believe a crane driver before a spokesman. And never trust a chart whose axis does
      not start at the water.

      His successor is thirty-six, trained as a bee-keeper, and has been his deputy for eight years.
      The two of them walked the quay at five this morning without saying a word. It looked like a
      handover.
    `,
  },
];
