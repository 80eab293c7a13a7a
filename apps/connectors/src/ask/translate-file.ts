/** Reads an archived file: which standard, whose, which documents. Canonical documents go to the archive as JSON. */
import { FileTranslated, TranslateFile, type FileTranslatedData, type TranslateFileData } from '@crossdock/contracts';
import { defineAsk, type OutsideAndKept } from '@crossdock/runtime';
import type { ConnectorsSettings } from '../config.js';
import { Findings, nothing, type Found } from './findings.js';
import { readFile, type Question } from './read-file.js';

const read = async (question: Question, { kept }: OutsideAndKept, settings: ConnectorsSettings): Promise<Found> => {
  const findings = new Findings(question, kept);
  const unread = await readFile(question, kept, settings.translateLimitBytes, findings);
  if (!unread) return findings.all();
  const { code, text, standard } = unread;
  return { ...nothing(code, text), ...(standard ? { standard } : {}) };
};

export const translateFile = defineAsk<TranslateFileData, FileTranslatedData, Found, ConnectorsSettings>({
  asks: TranslateFile,
  answers: FileTranslated,
  system: 'archive',
  policy: { deadlineMs: 300_000, concurrency: 2, unansweredAfterMs: 600_000, backoffMs: [200, 10_000] },
  call: (question, outside, settings) => read(question, outside as OutsideAndKept, settings),
  answer: ({ data: { fileId } }, said) =>
    said.outcome === 'done'
      ? { fileId, outcome: 'done', ...said.result }
      : { fileId, outcome: said.outcome, documents: [], faults: [] },
});
