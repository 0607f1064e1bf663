import { readChoice, type Variables } from './variables.js';

/** Whether public answers are kept. */
export interface CacheConfig {
  /**
   * `on`: wherever it is known when they change: on SQLite, and on MySQL with Redis. `alone`: also on MySQL without, because
   * this process is the only one that serves its data. `off`: nowhere.
   */
  readonly mode: 'on' | 'alone' | 'off';
}

/** What a process can be told about keeping answers. @throws ConfigError */
export function readCache(variables: Variables): CacheConfig {
  return { mode: readChoice(variables, 'CACHE', { choices: ['on', 'alone', 'off'], fallback: 'on' }) };
}
