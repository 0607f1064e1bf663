import { writeDocuments } from './documents.ts';
import { writePages } from './pages.ts';

writeDocuments('server', 'dist/server');
writePages('dist/api-docs');
