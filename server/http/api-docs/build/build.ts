import { writeDocuments } from './documents.ts';

writeDocuments('server/rest', 'dist/server/rest');
