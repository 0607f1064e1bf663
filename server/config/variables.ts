/*
 * The kinds of values that variables have. What each variable is for, its neighbours and `../config.ts` say.
 */

/** The environment, or what a test gives instead. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A variable has a value that cannot be used. The message is one line and never holds the value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(variable: string, expected: string) {
    super(`${variable}: expected ${expected}`);
  }
}

/** A text, trimmed; an empty one counts as absent. */
export function readText(variables: Variables, name: string): string | undefined {
  return variables[name]?.trim() || undefined;
}

/** The parts between commas and blanks. */
export function readList(variables: Variables, name: string): readonly string[] {
  return (variables[name] ?? '').split(/[\s,]+/).filter((part) => part !== '');
}

/** One of a few words. @throws ConfigError, as every reader here does, in the form it should have */
export function readChoice<T extends string>(
  variables: Variables,
  name: string,
  { choices, fallback }: { readonly choices: readonly T[]; readonly fallback: NoInfer<T> },
): T {
  const text = readText(variables, name);
  if (text === undefined) return fallback;
  const choice = choices.find((candidate) => candidate === text);
  if (!choice) throw new ConfigError(name, `one of ${choices.join(', ')}`);
  return choice;
}

/** `true` or `false`. */
export function readSwitch(variables: Variables, name: string, fallback: boolean): boolean {
  return readChoice(variables, name, { choices: ['true', 'false'], fallback: fallback ? 'true' : 'false' }) === 'true';
}

/** Characters of a secret at the least: 256 bits in base64url are 43. */
const minSecretLength = 32;

/** A secret that nobody guesses. */
export function readSecret(variables: Variables, name: string): string | undefined {
  const text = readText(variables, name);
  if (text !== undefined && text.length < minSecretLength) {
    throw new ConfigError(name, `at least ${minSecretLength} random characters`);
  }
  return text;
}

/** A host name or an address. */
export function readHost(variables: Variables, name: string, fallback: string): string {
  const text = readText(variables, name) ?? fallback;
  if (!/^[\w.:-]+$/.test(text)) throw new ConfigError(name, 'a host name or an address without a port, like 127.0.0.1');
  return text;
}

/** A TCP port; 0 for any free one. */
export function readPort(variables: Variables, name: string, fallback = ''): number {
  const text = readText(variables, name) ?? fallback;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) throw new ConfigError(name, 'a whole number from 0 to 65535');
  return port;
}

/** A whole number, in plain digits. */
export function readWhole(
  variables: Variables,
  name: string,
  { fallback, min, max }: { readonly fallback: number; readonly min: number; readonly max: number },
): number {
  const text = readText(variables, name) ?? String(fallback);
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < min || value > max) {
    throw new ConfigError(name, `a whole number from ${min} to ${max}`);
  }
  return value;
}

/** How often, or how many: at least one. */
export function readCount(variables: Variables, name: string, fallback: number): number {
  const text = readText(variables, name) ?? String(fallback);
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new ConfigError(name, 'a whole number from 1 to 999999999');
  return Number(text);
}

/** A share of a whole. */
export function readRatio(variables: Variables, name: string, fallback: string): number {
  const text = readText(variables, name) ?? fallback;
  if (!/^(0|1|0?\.\d{1,9}|1\.0+)$/.test(text)) throw new ConfigError(name, 'a number from 0 to 1, like 0.1');
  return Number(text);
}

/** One scope as RFC 6749 (3.3) spells it. */
export function readScope(variables: Variables, name: string): string | undefined {
  const text = readText(variables, name);
  if (text !== undefined && !/^[!#-[\]-~]+$/.test(text)) throw new ConfigError(name, 'one OAuth scope, without blanks');
  return text;
}

/** Origins as browsers spell them (RFC 6454, 6.2). */
export function readOrigins(variables: Variables, name: string): readonly string[] {
  const origins = readList(variables, name);
  if (!origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin)) {
    throw new ConfigError(name, 'origins like https://cine.example.org, without a path');
  }
  return origins;
}

/** One address, without a slash at its end. */
export function readUrl(variables: Variables, name: string, production: boolean): string | undefined {
  const [url, ...rest] = readUrls(variables, name, production);
  if (rest.length > 0) throw new ConfigError(name, 'one URL');
  return url?.replace(/\/+$/, '');
}

/** Addresses; in production only such as nobody can listen to on their way. */
export function readUrls(variables: Variables, name: string, production: boolean): readonly string[] {
  const urls = readList(variables, name);
  if (!urls.every((url) => isUsable(url, production))) {
    throw new ConfigError(name, `URLs with ${production ? 'https (http on loopback)' : 'http or https'}`);
  }
  return urls;
}

function isUsable(text: string, production: boolean): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:') return true;
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;
  return url?.protocol === 'http:' && (!production || loopback.test(url.hostname));
}
