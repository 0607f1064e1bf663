import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

interface BuildSpec {
  readonly env?: {
    readonly variables?: Readonly<Record<string, string>>;
    readonly 'exported-variables'?: readonly string[];
  };
  readonly phases: Readonly<Record<string, { readonly 'on-failure': 'ABORT'; readonly commands: readonly string[] }>>;
  readonly artifacts?: { readonly files: readonly string[] };
}

/** What a build left behind. */
export interface BuildResult {
  readonly code: number | null;
  readonly output: string;
  /** What later steps are told. */
  readonly exported: Readonly<Record<string, string>>;
  /** What the stand-ins were asked, in order: `docker push registry/name:tag`. */
  readonly calls: readonly string[];
}

/** Bytes of output: a whole check is long. */
const maxBuffer = 100_000_000;
const phases = ['install', 'pre_build', 'build', 'post_build'];

/** A build file as it is in the repository. */
export function readBuildSpec(file: string): BuildSpec {
  return parse(readFileSync(file, 'utf8')) as BuildSpec; // ours; what is wrong with it fails the test
}

/**
 * Runs a build file as CodeBuild does: every command in one shell, one after the other, until one fails.
 *
 * @param programs stand-ins by name, as shell scripts; what each is asked is recorded
 * @param cwd where the sources are
 */
export function runBuildSpec(
  file: string,
  {
    programs,
    variables,
    cwd = '.',
  }: {
    readonly programs: Readonly<Record<string, string>>;
    readonly variables: Readonly<Record<string, string>>;
    readonly cwd?: string;
  },
): BuildResult {
  const folder = mkdtempSync(join(tmpdir(), 'filmgraph-build-'));
  try {
    const calls = join(folder, 'calls');
    const path = createStandIns(join(folder, 'bin'), programs, calls);
    const spec = readBuildSpec(file);
    const exported = spec.env?.['exported-variables'] ?? [];
    const script = join(folder, 'script');
    writeFileSync(script, writeScript(spec, exported, join(folder, 'exported')));
    const env = {
      PATH: `${path}:${process.env['PATH']}`,
      HOME: folder,
      STATE: folder,
      ...spec.env?.variables,
      ...variables,
    };
    const { status, stdout, stderr } = spawnSync('bash', [script], { cwd, env, encoding: 'utf8', maxBuffer });
    return {
      code: status,
      output: stdout + stderr,
      exported: readExported(join(folder, 'exported')),
      calls: readLines(calls),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function createStandIns(folder: string, programs: Readonly<Record<string, string>>, calls: string): string {
  mkdirSync(folder);
  for (const [name, script] of Object.entries(programs)) {
    const path = join(folder, name);
    // In one piece, because programs on both sides of a pipe call at the same time.
    const record = `call="${name} $*"; printf '%s\\n' "\${call//$'\\n'/ }" >> ${calls}`;
    writeFileSync(path, `#!/usr/bin/env bash\n${record}\n${script}\n`);
    chmodSync(path, 0o755);
  }
  return folder;
}

function writeScript(spec: BuildSpec, exported: readonly string[], file: string): string {
  const commands = phases.flatMap((phase) => spec.phases[phase]?.commands ?? []);
  const lines = commands.map((command) => `${command.trim()}\n[ $? -eq 0 ] || exit 1\n`);
  return [...lines, ...exported.map((name) => `echo "${name}=$${name}" >> ${file}`)].join('\n');
}

function readExported(file: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readLines(file).map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

function readLines(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
