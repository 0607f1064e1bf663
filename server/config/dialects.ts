import { type Retirement, readRetirement } from './retirement.js';
import {
  ConfigError,
  readCount,
  readList,
  readOrigins,
  readScope,
  readSwitch,
  readText,
  type Variables,
} from './variables.js';

/** What each dialect can be told, by variables that begin with its name in capitals (`MIMO_SUNSET`). */
export interface DialectSettings extends Retirement {
  /** `_SCOPE`: the OAuth scope that a bearer token needs; without it, any valid token will do. */
  readonly scope: string | undefined;
  /** `_OPEN_WRITES`: whether anyone may use the writes that its contract leaves open; otherwise a credential decides. */
  readonly openWrites: boolean;
  /** `_OPEN_COMPAT`: whether what its contract came to protect is open to anyone again, while its clients migrate. */
  readonly openCompat: boolean;
  /** `_ORIGINS`: pages of which other origins may call it, with their users' cookies. */
  readonly origins: readonly string[];
  /** `_OPEN_WRITES_PER_MINUTE`: how many of these an address may do. */
  readonly openWritesPerMinute: number;
}

/**
 * Which dialects a process is told to mount, and how each should behave.
 *
 * @param names the dialects that there are
 * @returns the settings of each dialect that is mounted, by its name
 * @throws ConfigError
 */
export function readDialects(variables: Variables, names: readonly string[]): ReadonlyMap<string, DialectSettings> {
  // Commands mount none.
  if (names.length === 0) return new Map();
  const chosen = readText(variables, 'DIALECTS') === undefined ? names : readList(variables, 'DIALECTS');
  if (!chosen.every((name) => names.includes(name))) {
    throw new ConfigError('DIALECTS', `a list of some of ${names.join(', ')}`);
  }
  return new Map(chosen.map((name) => [name, readDialectSettings(variables, name.toUpperCase())]));
}

function readDialectSettings(variables: Variables, prefix: string): DialectSettings {
  return {
    scope: readScope(variables, `${prefix}_SCOPE`),
    openWrites: readSwitch(variables, `${prefix}_OPEN_WRITES`, true),
    openCompat: readSwitch(variables, `${prefix}_OPEN_COMPAT`, false),
    origins: readOrigins(variables, `${prefix}_ORIGINS`),
    openWritesPerMinute: readCount(variables, `${prefix}_OPEN_WRITES_PER_MINUTE`, 60),
    ...readRetirement(variables, prefix),
  };
}
