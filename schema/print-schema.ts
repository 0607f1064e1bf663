import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema } from './build-schema.js';

/** The committed schema, beside this file's source (the working directory is the project's). */
const path = 'schema/schema.graphql';

const printed = `# Printed by "npm run schema:print". Do not edit.\n\n${printSchema(lexicographicSortSchema(buildSchema()))}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(path, printed);
} else if (readFileSync(path, 'utf8') !== printed) {
  process.stderr.write(`${path} is not what the code says: run "npm run schema:print", and review the difference.\n`);
  process.exitCode = 1;
}
