import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A command that a page shows, and what it shows of its output. */
export interface Step {
  readonly command: string;
  readonly output: string;
}

/**
 * The commands in the blocks of a page that show a terminal: lines that begin with `$ `, with what follows them. A block
 * of one dialect, like "```console mimo", is left out where that one is not.
 */
export function readWalk(page: string, dialects: readonly string[] = []): Step[] {
  const found = [...page.matchAll(/^```(?:console|sh)(?: (\w+))?\n(.*?)^```$/gms)];
  const blocks = found.flatMap(([, dialect, text = '']) => (dialect && !dialects.includes(dialect) ? [] : [text]));
  return blocks.flatMap((block) => block.split(/^(?=\$ )/m).filter((text) => text.startsWith('$ '))).map(readStep);
}

/** A command goes on while a quote is open, or a line ends in a backslash. */
function readStep(text: string): Step {
  const lines = text.slice('$ '.length).trimEnd().split('\n');
  let length = 1;
  while (length < lines.length && goesOn(lines.slice(0, length).join('\n'))) length++;
  return { command: lines.slice(0, length).join('\n'), output: lines.slice(length).join('\n') };
}

function goesOn(command: string): boolean {
  return command.endsWith('\\') || command.split("'").length % 2 === 0;
}

const run = promisify(execFile);
const separator = '\u001F';

/** Where and with what commands are run. */
export interface Shell {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Runs commands one after another in one shell, so that what one sets the next one has.
 *
 * @returns what each printed
 */
export async function runWalk(steps: readonly Step[], { folder, variables }: Shell): Promise<string[]> {
  const script = steps.map(({ command }) => `${command}\nprintf '${separator}'`).join('\n');
  const env = { PATH: process.env['PATH'], ...variables };
  const { stdout } = await run('bash', ['-c', script], { cwd: folder, env, encoding: 'utf8' });
  return stdout.split(separator).slice(0, -1);
}

/** Headers that every response has, or that differ by request; pages may leave them out. */
const unshownHeaders =
  /^(date|connection|keep-alive|content-length|etag|x-request-id|content-security-policy|referrer-policy|strict-transport-security|x-[\w-]+-options|ratelimit(-policy)?): .*\n/gim;

/** What differs between two runs, by what it is. */
const volatileTexts: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?/g, '<instant>'],
  [/\bhttp:\/\/(localhost|127\.0\.0\.1):\d+/g, '<server>'],
  [/\bfgs_[\w.-]+/g, '<token>'],
  [/\bMax-Age=\d+/g, 'Max-Age=<seconds>'],
  [/\b[0-9a-f]{32}\b/g, '<random>'],
  [/\bfg_[\w-]{43}\b/g, '<key>'],
];

/** An output without what differs between two runs. */
export function normalise(output: string): string {
  const lines = output.replaceAll('\r\n', '\n').replace(unshownHeaders, '').trim();
  return volatileTexts.reduce((text, [pattern, name]) => text.replace(pattern, name), lines);
}
