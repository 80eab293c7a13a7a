/**
 * A book on disk: JSON lines, only ever appended. What `append` has answered survives the process being killed; the
 * books are read again at start, and half a line at the end (killed while writing) is cut off.
 */
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where a record lies, so that its details need not stay in memory. */
export interface Place {
  readonly offset: number;
  readonly bytes: number;
}
interface Waiting {
  readonly line: Buffer;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}
const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

export class Journal<R> {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;
  /** a book that can't be written is no book: from then on everybody is told */
  private broken: { readonly error: unknown } | undefined;
  /** where the next line goes, counting those that wait */
  private end: number;

  private constructor(
    private readonly file: FileHandle,
    start: number,
  ) {
    this.end = start;
  }

  static async open<R>(path: string, replay: (record: R, place: Place) => void): Promise<Journal<R>> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+');
    const end = await readAll(file, replay);
    await file.truncate(end);
    return new Journal<R>(file, end);
  }

  /** Settles when the operating system has the record. Records of one moment share one write. */
  append(record: R): Promise<Place> {
    if (this.broken) return Promise.reject(this.broken.error as Error);
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    const place = { offset: this.end, bytes: line.length };
    this.end += line.length;
    return new Promise((resolve, reject) => {
      this.waiting.push({ line, written: () => resolve(place), failed: reject });
      this.writing ??= this.write();
    });
  }

  /** Settles when all that was appended so far is written. */
  async settled(): Promise<void> {
    await this.writing;
    if (this.broken) throw this.broken.error;
  }

  async read(place: Place): Promise<R> {
    const { buffer } = await this.file.read(Buffer.alloc(place.bytes), 0, place.bytes, place.offset);
    return JSON.parse(buffer.toString()) as R;
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        if (this.broken) throw this.broken.error;
        await this.file.appendFile(Buffer.concat(batch.map(({ line }) => line)));
        for (const { written } of batch) written();
      } catch (error) {
        this.broken ??= { error };
        for (const { failed } of batch) failed(error);
      }
    }
    this.writing = undefined;
  }
}

/** Replays whole lines and answers where the last one ends. */
const readAll = async <R>(file: FileHandle, replay: (record: R, place: Place) => void): Promise<number> => {
  let carried = Buffer.alloc(0);
  let position = 0;
  let lineStart = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return lineStart;
    position += bytesRead;
    const text = Buffer.concat([carried, buffer.subarray(0, bytesRead)]);
    let from = 0;
    for (let at = text.indexOf(NEWLINE); at >= 0; at = text.indexOf(NEWLINE, from)) {
      const bytes = at + 1 - from;
      replay(JSON.parse(text.toString('utf8', from, at)) as R, { offset: lineStart, bytes });
      lineStart += bytes;
      from = at + 1;
    }
    carried = text.subarray(from);
  }
};
