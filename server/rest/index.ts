/*
 * Every dialect, one line each. Removing one is removing its folder, its line here, its tests and its page in
 * docs/dialects.
 */
export { cloudCinema } from './cloudcinema/index.js';
export { mimo } from './mimo/index.js';
export { movieLens } from './movielens/index.js';
export { musicCloud } from './musiccloud/index.js';
export { users } from './users/index.js';
