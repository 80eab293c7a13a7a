import { archiveDays, MemoryArchive } from '../src/index.js';
import { archiveConformance } from './archive-conformance.js';

describe('the archive in memory', () => {
  const archive = new MemoryArchive(archiveDays({ webhook: 2, file: 5 }));
  archiveConformance(() => archive);
});
