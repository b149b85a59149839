import { translateFix } from '../../i18n/translate-fix.ts';
import { type Markup, markup } from '../../lib/markup.ts';
import { datedAt } from '../../note/note.ts';
import { headlineOf } from '../../note/present/note-to-document.ts';
import type { RelayState } from '../../relays/relay-stream.ts';
import { formatRole } from '../../roles/role-names.ts';
import type { Destination } from '../../store/destinations.ts';
import type { Period } from '../activity/history.ts';
import { isConnected } from '../relay-health.ts';
import { platformName } from './charts.ts';
import type { Snapshot, SnapshotNote, SnapshotPlatform } from './snapshot.ts';
import type { PageWords } from './words.ts';

/** Further relays are only counted. */
const MAX_RELAYS = 24;
const MAX_REASON = 160;

/** Whether everything works, and since when; otherwise what fails. */
export function healthSection({ health, startedAtMs }: Snapshot, { texts, time }: PageWords): Markup {
  const { status, statusPage: pageTexts } = texts;
  const started = markup`${pageTexts.started}${time(startedAtMs)}`;
  if (health.problems.length === 0)
    return markup`<div class="health" role="status"><strong>✓ ${status.allWell}</strong><p class="muted small">${
      health.healthySinceMs !== undefined && markup`${pageTexts.wellSince}${time(health.healthySinceMs)} · `
    }${started}</p></div>`;
  const troubles = health.problems.map(
    ({ name, error, sinceMs }) =>
      markup`<li>✕ ${status.problem(name, translateFix(error, texts))} <span class="muted">${pageTexts.since}${time(sinceMs)}</span></li>`,
  );
  return markup`<div class="health bad" role="status"><strong>${pageTexts.wrong(troubles.length)}</strong><ul>${troubles}</ul><p class="muted small">${started}</p></div>`;
}

/** A term and its number. The style shows the number first. */
const figure = (term: string, value: string | Markup): Markup =>
  markup`<div><dt>${term}</dt><dd>${value}</dd></div>`;

export function totalsSection({ totals }: Snapshot, { texts, number, time }: PageWords): Markup {
  const { status, statusPage: pageTexts } = texts;
  const lastAt = totals?.lastAt;
  return markup`<dl class="numbers">${[
    figure(pageTexts.posts, totals ? number(totals.notes) : pageTexts.unknown),
    figure(
      status.lastPost,
      !totals ? pageTexts.unknown : lastAt === undefined ? status.never : time(lastAt * 1000),
    ),
    figure(pageTexts.destinations, totals ? number(totals.destinations.active) : pageTexts.unknown),
    figure(pageTexts.queue, totals ? number(totals.waiting) : pageTexts.unknown),
    figure(pageTexts.suspendedCount, totals ? number(totals.destinations.suspended) : pageTexts.unknown),
  ]}</dl>`;
}

export function platformsSection(snapshot: Snapshot, words: PageWords): Markup {
  const { statusPage: pageTexts } = words.texts;
  const { platforms } = snapshot;
  return markup`<h2>${pageTexts.platforms}</h2>${
    platforms.length === 0
      ? markup`<p>${pageTexts.noPlatforms}</p>`
      : markup`<div class="cards">${platforms.map((one) => platformCard(one, snapshot, words))}</div>`
  }`;
}

function platformCard(
  { name, stats, suspended }: SnapshotPlatform,
  { health, history }: Snapshot,
  { texts, number }: PageWords,
): Markup {
  const { statusPage: pageTexts } = texts;
  const trouble = health.problems.find((one) => one.name === name);
  const state = trouble
    ? markup`<span class="bad-text">✕ ${translateFix(trouble.error, texts)}</span>`
    : markup`<span class="good-text">✓ ${pageTexts.works}</span>`;
  const today = (what: Parameters<Period['count']>[0]): string =>
    history ? number(history.today.count(what, name)) : pageTexts.unknown;
  return markup`<section class="card"><div class="head"><h3>${platformName(name)}</h3>${state}</div>
<dl class="numbers">${[
    figure(pageTexts.destinations, stats ? number(stats.active) : pageTexts.unknown),
    figure(pageTexts.queue, stats ? number(stats.waiting) : pageTexts.unknown),
    figure(pageTexts.sentToday, today('sent')),
    figure(pageTexts.failedToday, today('failed')),
    figure(pageTexts.retriedToday, today('retried')),
  ]}</dl>${suspended.length > 0 && suspendedList(suspended, stats?.suspended ?? [], texts)}</section>`;
}

/** Suspended destinations by reason, the most common first. Each reason says what to do. */
function suspendedList(
  suspended: readonly Destination[],
  reasons: readonly { readonly reason: string; readonly count: number }[],
  texts: PageWords['texts'],
): Markup {
  const { statusPage: pageTexts } = texts;
  const items = reasons.map(({ reason, count }) => {
    const named = suspended.filter((one) => (one.reason ?? '') === reason);
    const more = count - named.length;
    const places = named.map(({ id }, index) => markup`${index > 0 && ', '}${placeName(id, texts)}`);
    return markup`<li>${translateFix(reason, texts)}<br/><span class="muted">${places}${
      more > 0 && markup`${named.length > 0 && ' '}${pageTexts.andMore(more)}`
    }</span></li>`;
  });
  return markup`<div class="suspended small"><strong class="bad-text">${pageTexts.suspended}</strong><ul>${items}</ul><p class="muted">${pageTexts.resume}</p></div>`;
}

/** Enough to identify it. A private chat's ID is the person's ID, so only its end is shown; the log has all of it. */
function placeName(id: string, { statusPage: pageTexts }: PageWords['texts']): Markup {
  const person = /^telegram:\d*?(\d{1,3})$/u.exec(id)?.[1];
  return person === undefined
    ? markup`<code>${id.slice(id.indexOf(':') + 1)}</code>`
    : markup`${pageTexts.privateChat(person)}`;
}

export function relaysSection(snapshot: Snapshot, words: PageWords): Markup {
  const { statusPage: pageTexts } = words.texts;
  const { relays } = snapshot;
  if (relays.length === 0) return markup`<h2>${pageTexts.relays}</h2><p>${pageTexts.noRelays}</p>`;
  // Relays with a problem come first.
  const sorted = [...relays].sort((a, b) => Number(a.state === 'live') - Number(b.state === 'live'));
  const more = relays.length - MAX_RELAYS;
  return markup`<h2>${pageTexts.relays}</h2><ul class="rows">${sorted
    .slice(0, MAX_RELAYS)
    .map((relay) =>
      relayRow(relay, snapshot, words),
    )}${more > 0 && markup`<li>${pageTexts.andMore(more)}</li>`}</ul>`;
}

function relayRow(relay: RelayState, { history }: Snapshot, { texts, time, duration }: PageWords): Markup {
  const { status, statusPage: pageTexts } = texts;
  const { url, state, error } = relay;
  const events = history?.today.count('events', url);
  const lag = history?.today.duration('lag', 0.5, url);
  const numbers = [
    ...(events === undefined ? [] : [pageTexts.eventsToday(events)]),
    ...(lag === undefined ? [] : [`${pageTexts.lagToday}${duration(lag)}`]),
  ].join(' · ');
  return markup`<li><div class="head"><bdi>${new URL(url).host}</bdi><span class="${
    isConnected(relay) ? 'good-text' : 'bad-text'
  }">${isConnected(relay) ? '✓' : '✕'} ${pageTexts.relayStates[state]}</span></div><div class="muted small">${numbers}</div>${
    error &&
    markup`<div class="small">${status.relayProblem(error.kind)} · ${pageTexts.since}${time(error.since)}<br/><bdi class="muted">${error.reason.slice(0, MAX_REASON)}</bdi></div>`
  }</li>`;
}

/** Where several processes share the work: which one does what. */
export function processesSection({ processes }: Snapshot, words: PageWords): Markup | false {
  const { statusPage: pageTexts } = words.texts;
  if (!processes) return false;
  return markup`<h2>${pageTexts.processes}</h2><ul class="rows">${processes.map(
    (one) =>
      markup`<li><div class="head"><bdi>${formatRole(one.role)}</bdi><span class="${
        one.isSilent ? 'bad-text' : 'good-text'
      }">${one.isSilent ? `✕ ${pageTexts.silent}` : `✓ ${pageTexts.works}`}</span></div><div class="muted small">${
        one.holder
          ? markup`<bdi>${one.holder.host}</bdi>, pid ${String(one.holder.pid)} · ${pageTexts.since}${words.time(one.holder.sinceMs)}`
          : pageTexts.thisProcess
      }</div></li>`,
  )}</ul>`;
}

export function notesSection({ notes, platforms }: Snapshot, words: PageWords): Markup {
  const { statusPage: pageTexts } = words.texts;
  const names = platforms.map(({ name }) => name);
  const list =
    notes === undefined
      ? markup`<p>${pageTexts.unreadable}</p>`
      : notes.length === 0
        ? markup`<p>${pageTexts.noPosts}</p>`
        : markup`<ul class="rows">${notes.map((one) => noteRow(one, names, words))}</ul>`;
  return markup`<h2>${pageTexts.newest}</h2>${list}`;
}

function noteRow(
  { note, journey, awaiting }: SnapshotNote,
  platforms: readonly string[],
  words: PageWords,
): Markup {
  const { texts, time, duration } = words;
  const { statusPage: pageTexts } = texts;
  const progress = platforms.flatMap((name) => {
    const reached = journey?.platforms[name];
    const toGo = awaiting[name] ?? 0;
    const parts = [
      ...(reached ? [pageTexts.reached(reached.destinations, duration(reached.seconds))] : []),
      ...(toGo > 0 ? [pageTexts.toGo(toGo)] : []),
    ];
    return parts.length > 0 ? [`${platformName(name)}${texts.marks.colon}${parts.join(' · ')}`] : [];
  });
  // Posts older than the oldest journey on record have none.
  const lines = progress.length === 0 && journey ? [pageTexts.nobody] : progress;
  return markup`<li><div class="head"><bdi>${headlineOf(note, texts)}</bdi>${time(datedAt(note) * 1000)}</div>${lines.map(
    (words) => markup`<div class="muted small">${words}</div>`,
  )}</li>`;
}
