// Runs the browser tests, or the files named, one after the other.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '../integration/run.js';

await runTests(dirname(fileURLToPath(import.meta.url)), { concurrency: 1 });
