import { MemoryArchive } from '../src/index.js';
import { archiveConformance } from './archive-conformance.js';

describe('the archive in memory', () => {
  const archive = new MemoryArchive();
  archiveConformance(() => archive);
});
