/** `--fresh`: the books are emptied before anything starts, or on servers that are not ours, as soon as they answer. */
import { Databases } from './waiting.ts';
import { deleteStreams } from './broker.ts';
import { booksOf, megabytes, wipeBooks } from '../stack/books.ts';
import type { Stack } from '../stack/stack.ts';
import type { Say } from '../setup/failure.ts';

/** Deletes the folder of the books: servers' data, the sandbox's books, what was being played. */
export async function emptyFolder(dir: string, say: Say): Promise<void> {
  const freed = await wipeBooks(dir);
  if (freed > 0) say(`books deleted, ${megabytes(freed)} freed`);
}

/** What a server given by URL keeps outside of the folder. */
export async function emptyGivenServers(stack: Stack, services: readonly string[]): Promise<void> {
  if (process.env['CROSSDOCK_NATS_URL']) await deleteStreams(stack.nats.url);
  if (!process.env['CROSSDOCK_MONGO_URL']) return;
  const databases = new Databases(stack.mongo.adminUrl, services);
  try {
    await databases.drop();
  } finally {
    await databases.close();
  }
}

/** Stated at the end, with how to clean them. */
export async function sizeOfBooks(dir: string): Promise<string> {
  const books = await booksOf(dir);
  return megabytes(books.reduce((sum, { bytes }) => sum + bytes, 0));
}
