/** Logs: a JSON line each, with service, correlation and trace. No personal, price or bank data. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';

/** What a line says of where it stands, taken from the request or message at work. */
export interface Standing {
  readonly correlationId: string;
  readonly traceId?: string;
}
const standing = new AsyncLocalStorage<Standing>();
/** Runs `fn` so that every line written within carries correlation and trace. */
export const within = <T>(where: Standing, fn: () => T): T => standing.run(where, fn);
export const standingNow = (): Standing | undefined => standing.getStore();

export type Log = Logger;
export const openLog = (service: string, level: string, instance?: string, to?: DestinationStream): Log =>
  pino(
    {
      level,
      base: { service, ...(instance ? { instance } : {}) },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ ...standing.getStore() }),
      redact: { paths: ['authorization', 'headers.authorization', '*.authorization'], censor: '***' },
    },
    to ?? pino.destination({ dest: 1, sync: false }),
  );

/** Nest's own lines through the same log. Its start-up chatter is for those who debug. */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}
  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }
  private write(
    level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: readonly unknown[],
  ): void {
    const context = rest.at(-1);
    const about = typeof context === 'string' ? { context } : {};
    if (message instanceof Error) this.to[level]({ ...about, err: message }, message.message);
    else this.to[level](about, typeof message === 'string' ? message : JSON.stringify(message));
  }
}
