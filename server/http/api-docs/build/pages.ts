import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const source = 'server/http/api-docs/build';
/** What the pages are made of: viewers as their packages bundle them, their licences, and how we start them. */
const assets = [
  'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
  'node_modules/swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt',
  'node_modules/swagger-ui-dist/swagger-ui.css',
  'node_modules/redoc/bundles/redoc.standalone.js',
  'node_modules/redoc/bundles/redoc.standalone.js.LICENSE.txt',
  join(source, 'start-swagger-ui.js'),
  join(source, 'start-redoc.js'),
];
const pages = ['swagger-ui.html', 'redoc.html'];
/** Redoc's only picture, from a host that is not ours: the page does without. */
const redocLogo = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
const noPicture = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

/**
 * Writes the pages, and what they load, into a folder. The assets sit in a folder named after their content, so browsers
 * may keep them for good.
 */
export function writePages(target: string): void {
  const contents = assets.map((file) => ({ name: basename(file), text: readAsset(file) }));
  const hash = createHash('sha256');
  for (const { text } of contents) hash.update(text);
  const folder = hash.digest('hex').slice(0, 16);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, 'assets', folder), { recursive: true });
  for (const { name, text } of contents) writeFileSync(join(target, 'assets', folder, name), text);
  for (const page of pages) {
    const text = readFileSync(join(source, page), 'utf8').replaceAll('{{assets}}', `/docs/assets/${folder}`);
    writeFileSync(join(target, page), text);
  }
}

function readAsset(file: string): string {
  // A map that is not there would be asked for whenever somebody looks at the code.
  return readFileSync(file, 'utf8')
    .replace(redocLogo, noPicture)
    .replace(/^(\/\/|\/\*)# sourceMappingURL=.*$/m, '');
}
