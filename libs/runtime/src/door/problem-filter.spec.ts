import { MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';
import { problemOf } from './problem-filter.js';

const told = (error: unknown): readonly unknown[] => {
  const { status, code, more } = problemOf(error);
  return [status, code, more.retryAfterSeconds];
};
const refused = (code: number, errorLabels: string[] = []) =>
  new MongoServerError({ message: 'refused', code, errorLabels });

describe('the problem that an error of the database is', () => {
  it('asks to come back while the database is away or changes its primary', () => {
    const away = [503, 'store-unreachable', 2];
    expect(told(new MongoNetworkError('cut'))).toEqual(away);
    expect(told(new MongoServerSelectionError('nobody', {} as never))).toEqual(away);
    expect(told(refused(10_107, ['RetryableWriteError']))).toEqual(away);
    expect(told(refused(11_602))).toEqual(away);
  });
  it('asks to come back when the moment that a read began with is no more', () => {
    expect(told(refused(239))).toEqual([503, 'store-unreachable', 2]);
  });
  it('is our fault otherwise, whatever type its code has', () => {
    for (const error of [refused(2), new Error('x'), { code: 7 }, { code: 'E' }, undefined])
      expect(told(error)).toEqual([500, 'internal-error', undefined]);
  });
});
