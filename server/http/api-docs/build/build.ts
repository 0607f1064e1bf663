import { writeDocuments } from './documents.ts';
import { writePages } from './pages.ts';

writeDocuments('server/rest', 'dist/server/rest');
writePages('dist/api-docs');
