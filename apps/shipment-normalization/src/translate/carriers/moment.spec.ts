import { momentOf, orderMs, written, type Told } from './moment.js';

const told = (told: Told): string | undefined => {
  const moment = momentOf(told);
  return moment && written(moment);
};

describe('a moment as a carrier writes it', () => {
  it.each<[string, Told, string]>([
    ['day and time apart', { date: '20210203', time: '071356' }, '2021-02-03T07:13:56'],
    ['without seconds', { date: '20210203', time: '1052' }, '2021-02-03T10:52:00'],
    ['in American words', { date: 'February 13, 2014', time: '12:24 pm' }, '2014-02-13T12:24:00'],
    ['in American words without a comma', { date: 'Feb 13 2014', time: '12:24' }, '2014-02-13T12:24:00'],
    ['in British words', { date: '13 February 2014', time: '12:24' }, '2014-02-13T12:24:00'],
    ['as databases do', { date: '13-FEB-2014 12:24:01' }, '2014-02-13T12:24:01'],
    ['just after midnight', { date: 'April 26, 2015', time: '12:18 am' }, '2015-04-26T00:18:00'],
    ['in American figures', { date: '10/01/2025 03:02 PM' }, '2025-10-01T15:02:00'],
    ['day first, where the carrier does so', { date: '01/10/2025 03:02', dayFirst: true }, '2025-10-01T03:02:00'],
    ['in German figures', { date: '26.06.2013, 10:22' }, '2013-06-26T10:22:00'],
    ['with its offset', { date: '2014-11-18T18:13:00+11:00' }, '2014-11-18T18:13:00+11:00'],
    ['with an offset without colon', { date: '2024-10-11T15:24:57+0200' }, '2024-10-11T15:24:57+02:00'],
    ['with an offset beside it', { date: '2024-11-22T13:58:00', offset: '-05:00' }, '2024-11-22T13:58:00-05:00'],
    ['in UTC, said in letters', { date: '2023-04-05 18:56:00 UTC' }, '2023-04-05T18:56:00Z'],
    ['with fractions', { date: '2012-11-23T09:31:07.427+01:00' }, '2012-11-23T09:31:07+01:00'],
    ['local, and never stamped Z', { date: '2018-03-02T07:53:47' }, '2018-03-02T07:53:47'],
    ['with a zone that has a name', { date: '2011-02-03', time: '11:59:59', offset: 'EST' }, '2011-02-03T11:59:59'],
    ['the day alone', { date: 'February 10, 2014', time: '' }, '2014-02-10'],
    ['a day with a time that is none', { date: '2014-02-10', time: '25:71' }, '2014-02-10'],
  ])('%s', (_, from, expected) => expect(told(from)).toBe(expected));
  it.each(['', 'string', '2021-02-30', '32/45/2024', 'Smarch 1, 2020', '20211301'])(
    'is none when it says "%s"',
    (date) => {
      expect(momentOf({ date })).toBeUndefined();
    },
  );
  it('stands in order with others, local ones as if at UTC', () => {
    expect(orderMs('2024-11-22T13:58:00-05:00')).toBe(Date.parse('2024-11-22T18:58:00Z'));
    expect(orderMs('2024-11-22T13:58:00')).toBe(Date.parse('2024-11-22T13:58:00Z'));
    expect(orderMs('2024-11-22')).toBe(Date.parse('2024-11-22T00:00:00Z'));
  });
});
