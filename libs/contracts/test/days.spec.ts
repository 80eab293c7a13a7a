import { isDay, isInstant } from '@crossdock/kernel';
import { IsDay, IsInstant, violationsOf } from '../src/index.js';

class Dated {
  @IsDay() day!: string;
  @IsInstant() at!: string;
}
const verdictsOn = (day: string): readonly boolean[] => {
  const at = `${day}T08:00:00.000Z`;
  const broken = violationsOf(Dated, { day, at: '2026-03-02T08:00:00.000Z' }, 'strict').length > 0;
  const brokenAt = violationsOf(Dated, { day: '2026-03-02', at }, 'strict').length > 0;
  return [isDay(day), isInstant(at), !broken, !brokenAt];
};
const two = (n: number): string => String(n).padStart(2, '0');

describe('a day of the published language', () => {
  it.each(['1900', '2000', '2023', '2024', '2100', '2400'])(
    'of %s is one of the calendar, as the kernel has it',
    (year) => {
      const differing = Array.from({ length: 14 * 33 }, (_, n) => `${year}-${two(n % 14)}-${two(Math.floor(n / 14))}`)
        .map((day) => ({ day, verdicts: verdictsOn(day) }))
        .filter(({ verdicts }) => new Set(verdicts).size !== 1);
      expect(differing).toEqual([]);
    },
  );
});
