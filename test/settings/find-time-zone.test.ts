import { expect, test } from 'vitest';
import { textsFor } from '../../src/i18n/texts.ts';
import { callback } from '../../src/note/document.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { isTimeZone } from '../../src/preferences/schedule.ts';
import { timeZonePanel } from '../../src/settings/panels/time-zone.ts';
import { ABBREVIATIONS } from '../../src/settings/time-zones/abbreviations.ts';
import { CITIES, RENAMED } from '../../src/settings/time-zones/cities.ts';
import { findTimeZones } from '../../src/settings/time-zones/find-time-zone.ts';
import { createTestContext } from './context.fixture.ts';

const meant = (typed: string, language = 'en'): readonly string[] => {
  const { zones, isExact } = findTimeZones(typed, textsFor(language));
  return isExact ? zones : [];
};

test.each([
  // Cities without a zone of their own.
  [
    'Asia/Kolkata',
    'Mumbai, Bombay, Bangalore, Bengaluru, Hyderabad, New Delhi, Chennai, Kolkata, Calcutta, India',
  ],
  [
    'America/Los_Angeles',
    'San Francisco, Seattle, san diego, Las Vegas, California, LA, L.A., 旧金山, 西雅图, 洛杉矶',
  ],
  ['America/New_York', 'NYC, New York City, Boston, Miami, Washington DC, Washington D.C., 纽约, 波士顿'],
  ['America/Chicago', 'Houston, Dallas, Texas, St. Louis, 芝加哥, 休斯敦'],
  [
    'Asia/Shanghai',
    'Shenzhen, Beijing, Peking, Guangzhou, Chengdu, Hangzhou, China, 北京, 深圳, 深圳市, 上海, 北京时间, 中国',
  ],
  ['Asia/Tokyo', 'Osaka, Kyoto, Japan, JST, 大阪, 东京, 日本'],
  ['Asia/Taipei', 'Taipei, Taiwan, 台北, 臺北'],
  ['America/Sao_Paulo', 'Rio, Rio de Janeiro, São Paulo, sao paulo, Brasília, 里约热内卢'],
  ['Europe/Berlin', 'Frankfurt, Munich, München, munchen, Hamburg, Germany, 慕尼黑, 德国, CET, CEST'],
  ['Europe/Rome', 'Milan, Milano, Naples, Venice, 米兰'],
  ['Europe/Madrid', 'Barcelona, Valencia, Spain'],
  ['Europe/Zurich', 'Geneva, Genève, Basel, Switzerland'],
  ['Europe/London', 'London, Manchester, UK, U.K., England, BST, London UK, 伦敦'],
  [
    'Asia/Ho_Chi_Minh',
    'Saigon, Ho Chi Minh, Ho Chi Minh City, Hanoi, 胡志明市, Asia/Saigon, Asia/Ho_Chi_Minh',
  ],
  ['Europe/Kyiv', 'Kyiv, Kiev, Odesa, Ukraine, Europe/Kiev, europe/kyiv, 基辅'],
  ['Asia/Yangon', 'Yangon, Rangoon, Myanmar, Burma'],
  ['Asia/Kathmandu', 'Kathmandu, Katmandu, Nepal'],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires, Argentina, America/Buenos_Aires'],
  // Abbreviations mean the zone with its daylight saving time, in July too.
  ['America/New_York', 'EST, EDT, ET, Eastern, Eastern Time, eastern standard time, est5edt, US/Eastern'],
  ['America/Los_Angeles', 'PST, PDT, PT, Pacific Time, US/Pacific'],
  ['America/Denver', 'MST, Mountain Time'],
  ['America/Chicago', 'CDT, Central Time'],
  ['Europe/Athens', 'EET'],
  ['Europe/Lisbon', 'WET'],
  ['Australia/Sydney', 'AEST, AEDT, Sydney'],
  ['Asia/Hong_Kong', 'HKT, Hong Kong, 香港'],
  ['Etc/UTC', 'UTC, utc, GMT'],
  ['Europe/Istanbul', 'Turkey, Türkiye, Istanbul, İstanbul'],
  ['+08:00', 'UTC+8, +8, GMT+08:00, UTC8, UTC 8, utc＋８'],
  ['-03:30', 'UTC-3:30, UTC−3:30, UTC-3.5'],
  // As operating systems list them.
  ['Asia/Shanghai', '(UTC+08:00) Beijing; UTC+8 (Beijing)'],
  ['Europe/Berlin', 'Central European Time, Central European Summer Time'],
  ['Europe/London', 'British Summer Time, 倫敦'],
  ['Asia/Kolkata', 'Indian Standard Time, 孟買'],
  ['America/New_York', '紐約'],
  ['America/Los_Angeles', '舊金山, 洛杉磯'],
  ['Asia/Seoul', '首爾, Korean Standard Time'],
  ['Europe/Vienna', '維也納'],
  ['Australia/Sydney', '雪梨'],
  // By country.
  ['America/Adak', 'US/Aleutian'],
  ['America/Indiana/Knox', 'US/Indiana-Starke'],
  ['America/Indiana/Indianapolis', 'US/East-Indiana'],
  ['Pacific/Pago_Pago', 'US/Samoa, us/samoa, SST'],
  ['America/Sao_Paulo', 'Brazil/East'],
  ['America/Vancouver', 'Canada/Pacific'],
])('%s is found by each of: %s', (zone, typed) => {
  for (const one of typed.split(/[,;] /)) expect([one, meant(one)]).toEqual([one, [zone]]);
});

test.each([
  ['CST', ['America/Chicago', 'Asia/Shanghai', 'America/Havana']],
  ['IST', ['Asia/Kolkata', 'Asia/Jerusalem', 'Europe/Dublin']],
  ['Georgia', ['America/New_York', 'Asia/Tbilisi']],
  ['San Jose', ['America/Los_Angeles', 'America/Costa_Rica']],
  ['Birmingham', ['America/Chicago', 'Europe/London']],
  ['伯明翰', ['America/Chicago', 'Europe/London']],
])('%s may be any of %j', (typed, zones) => {
  expect(meant(typed)).toEqual(zones);
});

test.each([
  ['Birmingham, Alabama', 'America/Chicago'],
  ['Birmingham, UK', 'Europe/London'],
  ['London, Ontario', 'America/Toronto'],
  ['Paris, Texas', 'America/Chicago'],
  ['Paris, France', 'Europe/Paris'],
  ['San José, Costa Rica', 'America/Costa_Rica'],
  ['Springfield, Illinois', 'America/Chicago'],
  ['Boston, USA', 'America/New_York'],
])('the area in %s decides', (typed, zone) => {
  expect(meant(typed)).toEqual([zone]);
});

test('a country with several zones is ambiguous', () => {
  for (const country of ['USA', 'Canada', 'Australia', 'Russia', 'Brazil', 'Indonesia', 'Mexico', '美国'])
    expect([country, meant(country).length > 2]).toEqual([country, true]);
});

test('an ambiguous name offers a button for each zone, and the button sets it', async () => {
  const context = createTestContext();
  const asked = (async () => timeZonePanel.parse('CST', DEFAULT_PREFERENCES, context))();
  await expect(asked).rejects.toMatchObject({
    actions: [
      {
        label: 'Chicago 03:00',
        callback: callback('settings', { screen: 'zone', value: 'America/Chicago' }),
      },
      { label: 'Beijing 16:00', callback: callback('settings', { screen: 'zone', value: 'Asia/Shanghai' }) },
      { label: 'Havana 04:00', callback: callback('settings', { screen: 'zone', value: 'America/Havana' }) },
    ],
  });
  expect(await timeZonePanel.apply({ value: 'America/Havana' }, DEFAULT_PREFERENCES, context)).toMatchObject({
    timeZone: 'America/Havana',
  });
});

test.each([
  ['Mumbay', 'Asia/Kolkata'],
  ['San Fransisco', 'America/Los_Angeles'],
  ['Los Angelos', 'America/Los_Angeles'],
  ['Cincinatti', 'America/New_York'],
  ['Shenzen', 'Asia/Shanghai'],
  ['Hlesinki', 'Europe/Helsinki'],
  ['Istambul', 'Europe/Istanbul'],
])('the misspelled %s suggests %s', (typed, zone) => {
  expect(findTimeZones(typed, textsFor('en'))).toEqual({ zones: [zone], isExact: false });
});

test('a small part of a name needs confirmation, nearly all of it doesn’t', () => {
  expect(findTimeZones('mars', textsFor('en')).isExact).toBe(false);
  expect(findTimeZones('Hels', textsFor('en'))).toEqual({ zones: ['Europe/Helsinki'], isExact: false });
  expect(findTimeZones('Helsin', textsFor('en'))).toEqual({ zones: ['Europe/Helsinki'], isExact: true });
  for (const typed of [
    '',
    ' ',
    ',',
    'Atlantis',
    'x/y',
    '+99',
    'UTC+15',
    '8',
    '🚀',
    'toString',
    'constructor',
    '__proto__',
  ])
    expect([typed, findTimeZones(typed, textsFor('en')).zones]).toEqual([typed, []]);
});

test('every zone in the tables exists, and every name in them finds its zone', () => {
  for (const zone of [
    ...Object.keys(CITIES),
    ...RENAMED.values(),
    ...Object.values(ABBREVIATIONS).flatMap((zones) => zones.split(' ')),
  ])
    expect([zone, isTimeZone(zone)]).toEqual([zone, true]);
  for (const [zone, names] of Object.entries(CITIES))
    for (const name of names.split(', '))
      expect([name, meant(name)]).toEqual([name, expect.arrayContaining([zone])]);
});

test('every supported zone can be chosen by its name and by its city', () => {
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const present = RENAMED.get(zone) ?? zone;
    expect([zone, meant(zone)]).toEqual([zone, [present]]);
    const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
    expect([city, meant(city)]).toEqual([city, expect.arrayContaining([present])]);
  }
});
