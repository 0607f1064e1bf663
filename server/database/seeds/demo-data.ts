/**
 * The demo set that the MIMO documentation shows: ids, films, genres, durations, scores and watchlists as documented,
 * with the films' real release years and directors. The API keys are public: they are for trying things out only.
 */

export interface DemoUser {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly apiKey: string;
}

export const demoUsers: readonly DemoUser[] = [
  { username: 'john_doe', name: 'John Doe', email: 'john@example.com', apiKey: 'api_key_john_12345' },
  { username: 'jane_smith', name: 'Jane Smith', email: 'jane@example.com', apiKey: 'api_key_jane_67890' },
  { username: 'bob_wilson', name: 'Bob Wilson', email: 'bob@example.com', apiKey: 'api_key_bob_11111' },
];

type DemoMovie = readonly [title: string, year: number, director: string, genre: string, durationMinutes: number];

export const demoMovies: readonly DemoMovie[] = [
  ['Inception', 2010, 'Christopher Nolan', 'Sci-Fi', 148],
  ['The Dark Knight', 2008, 'Christopher Nolan', 'Action', 152],
  ['Pulp Fiction', 1994, 'Quentin Tarantino', 'Crime', 154],
  ['The Matrix', 1999, 'Lana Wachowski, Lilly Wachowski', 'Sci-Fi', 136],
  ['Forrest Gump', 1994, 'Robert Zemeckis', 'Drama', 142],
  ['The Shawshank Redemption', 1994, 'Frank Darabont', 'Drama', 142],
  ['Fight Club', 1999, 'David Fincher', 'Drama', 139],
  ['Goodfellas', 1990, 'Martin Scorsese', 'Crime', 146],
  ['The Godfather', 1972, 'Francis Ford Coppola', 'Crime', 175],
  ['Interstellar', 2014, 'Christopher Nolan', 'Sci-Fi', 169],
  ['Gladiator', 2000, 'Ridley Scott', 'Action', 155],
  ['The Silence of the Lambs', 1991, 'Jonathan Demme', 'Thriller', 118],
  ["Schindler's List", 1993, 'Steven Spielberg', 'Drama', 195],
  ['Saving Private Ryan', 1998, 'Steven Spielberg', 'War', 169],
  ['The Green Mile', 1999, 'Frank Darabont', 'Drama', 189],
  ['Jurassic Park', 1993, 'Steven Spielberg', 'Sci-Fi', 127],
  ['Titanic', 1997, 'James Cameron', 'Romance', 194],
  ['The Lion King', 1994, 'Roger Allers, Rob Minkoff', 'Animation', 88],
  ['Back to the Future', 1985, 'Robert Zemeckis', 'Sci-Fi', 116],
  ['Terminator 2', 1991, 'James Cameron', 'Action', 137],
  ['Alien', 1979, 'Ridley Scott', 'Horror', 117],
  ['The Departed', 2006, 'Martin Scorsese', 'Crime', 151],
  ['Django Unchained', 2012, 'Quentin Tarantino', 'Western', 165],
  ['Whiplash', 2014, 'Damien Chazelle', 'Drama', 107],
  ['Parasite', 2019, 'Bong Joon-ho', 'Thriller', 132],
];

type DemoRating = readonly [userId: number, movieId: number, hundredths: number, comment: string | null];

export const demoRatings: readonly DemoRating[] = [
  [1, 1, 450, 'Increíble película, muy compleja'],
  [1, 2, 500, 'El mejor villano que he visto'],
  [1, 4, 400, null],
  [2, 1, 400, 'Muy buena, aunque hay que verla dos veces'],
  [2, 3, 450, 'Diálogos que no se olvidan'],
  [2, 5, 500, 'No pude parar de llorar'],
  [2, 6, 500, 'Perfecta de principio a fin'],
  [3, 2, 450, null],
  [3, 7, 400, 'El final me dejó sin palabras'],
  [3, 9, 500, 'Un clásico absoluto'],
];

type DemoWatchlistItem = readonly [userId: number, movieId: number, watched: boolean];

export const demoWatchlistItems: readonly DemoWatchlistItem[] = [
  [1, 3, false],
  [1, 6, true],
  [1, 10, false],
  [2, 2, false],
  [2, 7, false],
  [2, 9, true],
  [3, 1, true],
  [3, 4, false],
  [3, 5, false],
];

type DemoSong = readonly [title: string, artist: string];

/** Ten songs; the first is the one that the Music Cloud documentation shows. Nobody has them in a library yet. */
export const demoSongs: readonly DemoSong[] = [
  ['Bohemian Rhapsody', 'Queen'],
  ['Stairway to Heaven', 'Led Zeppelin'],
  ['Hotel California', 'Eagles'],
  ['Imagine', 'John Lennon'],
  ['Smells Like Teen Spirit', 'Nirvana'],
  ['Billie Jean', 'Michael Jackson'],
  ['Like a Rolling Stone', 'Bob Dylan'],
  ['Hey Jude', 'The Beatles'],
  ['De Música Ligera', 'Soda Stereo'],
  ['Oye Como Va', 'Santana'],
];
