import { isAtLeast, parseVersion } from './version.ts';

describe('versions of servers', () => {
  it.each([
    ['nats-server: v2.15.1', '2.15.1'],
    ['db version v6.0.5\nBuild Info: { "version": "6.0.5" }', '6.0.5'],
    ['nats-server: v2.14.0-RC.2', '2.14.0'],
    ['8.0', '8.0'],
    ['command not found', undefined],
  ])('reads %j as %s', (text, version) => {
    expect(parseVersion(text)).toBe(version);
  });

  it.each([
    ['2.15.1', '2.14', true],
    ['2.14.0', '2.14', true],
    ['2.9.10', '2.14', false],
    ['3.0', '2.14', true],
    ['6.0', '6.0.1', false],
    ['10.0.0', '6.0', true],
  ])('%s is at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});
