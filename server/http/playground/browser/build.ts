import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type OutputFile } from 'esbuild';

/** Everything that the bundles depend on: our sources here, and through the lock file each package. */
const inputs = ['package-lock.json', 'server/http/playground/examples.ts', 'server/http/playground/browser/*'];
const source = 'server/http/playground/browser';
const target = 'dist/playground';

const common = {
  bundle: true,
  minify: true,
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  outdir: target,
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Bundles the playground into `dist/playground`. The files sit in a folder named after what they are made from, so
 * browsers may keep them for good, and a build that finds its own page there has nothing to do.
 */
async function buildPlayground(): Promise<void> {
  const folder = hashInputs();
  const page = readFileSync(join(source, 'index.html'), 'utf8').replaceAll('{{assets}}', `/graphql/assets/${folder}`);
  if (isWritten(page)) return;
  const bundles = await Promise.all([bundlePage(), bundleWorkers(), bundleStyle()]);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, 'assets', folder), { recursive: true });
  for (const file of bundles.flat()) writeFileSync(join(target, 'assets', folder, basename(file.path)), file.contents);
  writeFileSync(join(target, 'index.html'), page);
}

function hashInputs(): string {
  const hash = createHash('sha256');
  for (const file of globSync(inputs).toSorted()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** The page is written last, so where it is, its assets are. */
function isWritten(page: string): boolean {
  try {
    return readFileSync(join(target, 'index.html'), 'utf8') === page;
  } catch {
    return false;
  }
}

/** The editor loads its languages when it needs them, hence the chunks. Its styles come with GraphiQL's. */
function bundlePage(): Promise<OutputFile[]> {
  return bundle({
    entryPoints: [join(source, 'main.ts')],
    format: 'esm',
    splitting: true,
    loader: { '.css': 'empty' },
  });
}

function bundleWorkers(): Promise<OutputFile[]> {
  return bundle({
    entryPoints: {
      'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
      'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
      'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    },
    format: 'iife',
  });
}

function bundleStyle(): Promise<OutputFile[]> {
  return bundle({ entryPoints: [join(source, 'playground.css')] });
}

async function bundle(options: BuildOptions): Promise<OutputFile[]> {
  const { outputFiles } = await build({ ...common, ...options, write: false });
  return outputFiles;
}

await buildPlayground();
