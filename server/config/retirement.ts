import { ConfigError, readText, type Variables } from './variables.js';

/** What clients of a dialect are told of its end. */
export interface Retirement {
  /** `_DEPRECATED_SINCE`: since when new clients should not use it; milliseconds since the epoch. */
  readonly deprecatedSince: number | undefined;
  /** `_SUNSET`: when it may go; milliseconds since the epoch. */
  readonly sunset: number | undefined;
  /** `_MIGRATION_GUIDE`: a page for its clients. */
  readonly migrationGuide: string | undefined;
}

/** What a dialect is told about its own end. @throws ConfigError */
export function readRetirement(variables: Variables, prefix: string): Retirement {
  const deprecatedSince = readInstant(variables, `${prefix}_DEPRECATED_SINCE`);
  const sunset = readInstant(variables, `${prefix}_SUNSET`);
  if (deprecatedSince !== undefined && sunset !== undefined && sunset < deprecatedSince) {
    throw new ConfigError(`${prefix}_SUNSET`, `no earlier day than ${prefix}_DEPRECATED_SINCE`);
  }
  return { deprecatedSince, sunset, migrationGuide: readPage(variables, `${prefix}_MIGRATION_GUIDE`) };
}

/** A day, which begins at midnight in UTC, or an instant in UTC. */
function readInstant(variables: Variables, name: string): number | undefined {
  const text = readText(variables, name);
  if (text === undefined) return undefined;
  const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw new ConfigError(name, 'a day like 2026-12-31, or an instant like 2026-12-31T12:00Z');
  return instant;
}

function readPage(variables: Variables, name: string): string | undefined {
  const text = readText(variables, name);
  const url = text === undefined ? undefined : URL.parse(text);
  if (url === null || (url && !/^https?:$/.test(url.protocol))) throw new ConfigError(name, 'a URL with http or https');
  return url?.href;
}
