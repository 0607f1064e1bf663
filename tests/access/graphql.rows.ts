/** What a GraphQL operation answers: `ok`, or the code of its first error. */
export interface GraphqlRow {
  /** `Query.field` or `Mutation.field`; a field of a type stands for its own rule. */
  readonly operation: string;
  /** The document; `$N` is a number that no other request has. */
  readonly text: string;
  readonly anonymous: string;
  /** John, by his key. */
  readonly owner: string;
  /** Any other person, however they show who they are. */
  readonly person: string;
  /** A program of a trusted issuer. */
  readonly service: string;
}

const open = { anonymous: 'ok', owner: 'ok', person: 'ok', service: 'ok' } as const;
/** Needs a person, and is about themselves. */
const personal = { anonymous: 'UNAUTHENTICATED', owner: 'ok', person: 'ok', service: 'FORBIDDEN' } as const;
/** Is about John, and nobody else's business. */
const private_ = { anonymous: 'UNAUTHENTICATED', owner: 'ok', person: 'FORBIDDEN', service: 'FORBIDDEN' } as const;
/** Is for those who manage people and songs: administrators, and programs that were granted it. */
const managed = {
  anonymous: 'UNAUTHENTICATED',
  owner: 'FORBIDDEN',
  person: 'FORBIDDEN',
  service: 'FORBIDDEN',
} as const;
/** Gets past the policy, and then finds nothing. */
const personalAbsent = { ...personal, owner: 'NOT_FOUND', person: 'NOT_FOUND' } as const;

/** What is not theirs reads as absent, to programs too. */
const absent = { ...personalAbsent, service: 'NOT_FOUND' } as const;
/** For administrators, and none of the askers is one. */
const administrative = {
  anonymous: 'UNAUTHENTICATED',
  owner: 'FORBIDDEN',
  person: 'FORBIDDEN',
  service: 'FORBIDDEN',
} as const;

/** Who may do what in GraphQL. A field of Query or Mutation without a row fails the matrix. */
export const graphqlRows: readonly GraphqlRow[] = [
  { operation: 'Query.dialectUsage', text: '{ dialectUsage { route calls user { name } } }', ...managed },
  { operation: 'Query.genres', text: '{ genres }', ...open },
  { operation: 'Query.movie', text: '{ movie(databaseId: 1) { title viewer { rating { score } } } }', ...open },
  {
    operation: 'Query.movies',
    text: '{ movies(first: 1) { nodes { ratings { nodes { user { name } } } } } }',
    ...open,
  },
  { operation: 'Query.node', text: '{ node(id: "TW92aWU6MQ") { id } }', ...open },
  { operation: 'Query.nodes', text: '{ nodes(ids: ["VXNlcjox"]) { id } }', ...open },
  { operation: 'Query.user', text: '{ user(id: "1") { name email apiKeys { id } ratings { totalCount } } }', ...open },
  { operation: 'Query.viewer', text: '{ viewer { name email watchlist { totalCount } apiKeys { name } } }', ...open },
  { operation: 'Query.auditLog', text: '{ auditLog { totalCount } }', ...administrative },
  { operation: 'User.watchlist', text: '{ user(id: "1") { watchlist { totalCount } } }', ...private_ },
  { operation: 'User.playlists', text: '{ user(id: "1") { playlists { nodes { name } } } }', ...private_ },
  { operation: 'User.defaultPlaylist', text: '{ user(id: "1") { defaultPlaylist { name } } }', ...private_ },
  { operation: 'Query.playlist', text: '{ playlist(id: "1") { name } }', ...open },
  {
    operation: 'Mutation.createPlaylist',
    text: 'mutation { createPlaylist(input: { name: "List $N" }) { playlist { id } } }',
    ...personal,
  },
  {
    operation: 'Mutation.renamePlaylist',
    text: 'mutation { renamePlaylist(input: { playlistId: "99999", name: "N" }) { playlist { id } } }',
    ...absent,
  },
  {
    operation: 'Mutation.deletePlaylist',
    text: 'mutation { deletePlaylist(input: { playlistId: "99999" }) { outcome } }',
    ...personal,
    service: 'ok',
  },
  {
    operation: 'Mutation.addToPlaylist',
    text: 'mutation { addToPlaylist(input: { movieId: "20" }) { outcome } }',
    ...personal,
  },
  {
    operation: 'Mutation.removeFromPlaylist',
    text: 'mutation { removeFromPlaylist(input: { movieId: "21" }) { outcome } }',
    ...personal,
  },
  {
    operation: 'Mutation.movePlaylistEntry',
    text: 'mutation { movePlaylistEntry(input: { playlistId: "99999", movieId: "20" }) { entry { id } } }',
    ...absent,
  },
  { operation: 'Query.song', text: '{ song(databaseId: 1) { title } }', ...open },
  { operation: 'Query.songs', text: '{ songs(first: 1) { totalCount nodes { artist } } }', ...open },
  { operation: 'Query.users', text: '{ users(first: 1) { nodes { email active } } }', ...managed },
  { operation: 'User.library', text: '{ user(id: "1") { library { totalCount } } }', ...private_ },
  {
    operation: 'Mutation.createUser',
    text: 'mutation { createUser(input: { name: "N", email: "made$N@example.org" }) { user { id } } }',
    ...managed,
  },
  {
    operation: 'Mutation.setUserActive',
    text: 'mutation { setUserActive(input: { userId: "1", active: true }) { user { id } } }',
    ...managed,
  },
  {
    operation: 'Mutation.createSong',
    text: 'mutation { createSong(input: { title: "T", artist: "A" }) { song { id } } }',
    ...managed,
  },
  {
    operation: 'Mutation.addSongToLibrary',
    text: 'mutation { addSongToLibrary(input: { songId: "1" }) { outcome } }',
    ...personal,
  },
  {
    operation: 'Mutation.removeSongFromLibrary',
    text: 'mutation { removeSongFromLibrary(input: { songId: "1" }) { outcome } }',
    ...personal,
  },
  {
    operation: 'Mutation.rateMovie',
    text: 'mutation { rateMovie(input: { movieId: "3", score: 4 }) { created } }',
    ...personal,
  },
  {
    operation: 'Mutation.deleteRating',
    text: 'mutation { deleteRating(input: { movieId: "3" }) { outcome } }',
    ...personal,
  },
  {
    operation: 'Mutation.addToWatchlist',
    text: 'mutation { addToWatchlist(input: { movieId: "20" }) { outcome } }',
    ...personal,
  },
  {
    operation: 'Mutation.setWatched',
    text: 'mutation { setWatched(input: { movieId: "25", watched: true }) { item { id } } }',
    ...personalAbsent,
  },
  {
    operation: 'Mutation.removeFromWatchlist',
    text: 'mutation { removeFromWatchlist(input: { movieId: "20" }) { outcome } }',
    ...personal,
  },
  {
    operation: 'Mutation.createApiKey',
    text: 'mutation { createApiKey(input: { name: "matrix" }) { secret } }',
    ...personal,
  },
  {
    operation: 'Mutation.rotateApiKey',
    text: 'mutation { rotateApiKey(input: { id: "99999" }) { secret } }',
    ...personalAbsent,
  },
  {
    operation: 'Mutation.revokeApiKey',
    text: 'mutation { revokeApiKey(input: { id: "99999" }) { outcome } }',
    ...personal,
  },
  { operation: 'Mutation.updateProfile', text: 'mutation { updateProfile(input: {}) { user { name } } }', ...personal },
  {
    operation: 'Mutation.register',
    text: 'mutation { register(input: { name: "N", email: "n$N@example.org", password: "long enough" }) { token } }',
    ...open,
  },
  {
    operation: 'Mutation.login',
    text: 'mutation { login(input: { email: "login@example.org", password: "long enough" }) { token } }',
    ...open,
  },
  { operation: 'Mutation.logout', text: 'mutation { logout { outcome } }', ...open },
  {
    operation: 'Mutation.createImageUpload',
    text: 'mutation { createImageUpload(input: { contentType: PNG, byteSize: 100 }) { key } }',
    ...personal,
  },
  {
    operation: 'Mutation.confirmImageUpload',
    text: 'mutation { confirmImageUpload(input: { key: "fotos_perfil/none.png" }) { imageUrl } }',
    ...personalAbsent,
  },
];
