import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/**
 * Writes the contract of every dialect, and of the server, as `openapi.json` next to its compiled code, so that production
 * parses no YAML.
 * A document that is no YAML ends the build with its name.
 */
export function writeDocuments(source: string, target: string): void {
  for (const file of globSync('{http,rest/*}/openapi.yaml', { cwd: source })) {
    const written = join(target, dirname(file), 'openapi.json');
    mkdirSync(dirname(written), { recursive: true });
    writeFileSync(written, JSON.stringify(read(join(source, file))));
  }
}

function read(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { merge: true });
  } catch (cause) {
    throw new Error(`${file} is no YAML`, { cause });
  }
}
