import { keys } from '../../support/http.js';
import { describeReads, type ReadRow } from '../../support/lanes.js';

const john = { 'x-api-key': keys.john };

const rows: readonly ReadRow[] = [
  { what: 'the first films', path: '/movies' },
  { what: 'a page of films', path: '/movies?page=2&limit=7' },
  { what: 'a page that repeats itself', path: '/movies?page=3&page=1&limit=2' },
  { what: 'a page that is none', path: '/movies?page=x&limit=-3' },
  { what: 'a page past the last', path: '/movies?page=1000' },
  { what: 'escapes in a query', path: '/movies?limit=%31%30&%70age=2' },
  { what: 'an empty query', path: '/movies?' },
  { what: 'a query without names', path: '/movies?=&&a' },
  { what: 'a film', path: '/movies/5' },
  { what: 'a film that is not there', path: '/movies/4711', express: 'refused' },
  { what: 'an id that is none', path: '/movies/abc', express: 'refused' },
  { what: 'an id of more digits than any', path: '/movies/99999999999999999999', express: 'refused' },
  { what: 'ratings of a film', path: '/movies/1/ratings?limit=3' },
  { what: 'ratings past the last', path: '/movies/1/ratings?page=9' },
  { what: 'ratings of no film', path: '/movies/4711/ratings', express: 'refused' },
  { what: 'a rating', path: '/movies/1/ratings/1' },
  { what: 'a rating of another film', path: '/movies/2/ratings/1', express: 'refused' },
  { what: 'a watchlist', path: '/watchlist/1', headers: john },
  { what: 'a page of a watchlist', path: '/watchlist/1?page=2&limit=1', headers: john },
  { what: 'a watchlist of someone else', path: '/watchlist/2', headers: john, express: 'refused' },
  { what: 'a watchlist of nobody', path: '/watchlist/x', headers: john, express: 'refused' },
  { what: 'a watchlist without a key', path: '/watchlist/1', express: 'refused' },
  {
    what: 'a watchlist with a key of nobody',
    path: '/watchlist/1',
    headers: { 'x-api-key': 'no' },
    express: 'refused',
  },
  { what: 'a key where none is needed', path: '/movies/5', headers: john },
  { what: 'a client that takes anything', path: '/movies/5', headers: { accept: '*/*' } },
  { what: 'a client that takes JSON', path: '/movies/5', headers: { accept: 'application/json' } },
  { what: 'a page of another origin', path: '/movies/5', headers: { origin: 'https://app.example' } },
  {
    what: 'an id of its own',
    path: '/movies/5',
    headers: { 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793' },
  },
  { what: 'a charset', path: '/movies/5', headers: { accept: 'application/json;charset=utf-8' }, express: 'declined' },
  { what: 'a client that takes pages', path: '/movies/5', headers: { accept: 'text/html' }, express: 'declined' },
  { what: 'another case', path: '/Movies/5', express: 'declined' },
  { what: 'a slash at the end', path: '/movies/', express: 'declined' },
  { what: 'a slash too many', path: '/movies//ratings', express: 'declined' },
  { what: 'escapes in a path', path: '/movies/%35', express: 'declined' },
  { what: 'what cannot be unescaped', path: '/movies/%zz', express: 'declined' },
  { what: 'a path that it does not have', path: '/movies/5/nothing', express: 'declined' },
  { what: 'only the head', path: '/movies/5', method: 'HEAD', express: 'declined' },
  { what: 'another method', path: '/movies/5', method: 'PUT', express: 'declined' },
];

describeReads('MIMO Movies', rows);
describeReads('MIMO Movies when it is going', rows.slice(0, 20), {
  variables: {
    MIMO_DEPRECATED_SINCE: '2026-11-25',
    MIMO_SUNSET: '2027-06-30',
    MIMO_MIGRATION_GUIDE: 'https://a.example',
  },
});
describeReads('MIMO Movies without limits', rows.slice(0, 20), { variables: { RATE_LIMIT: 'off' } });
