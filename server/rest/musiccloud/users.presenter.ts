import type { SongRow } from '../../domain/music/song.types.js';
import type { UserRow } from '../../domain/users/user.types.js';
import { presentSong, type SongBody } from './songs.presenter.js';

/** A person (Music 2). */
export interface UserBody {
  readonly id: number;
  readonly nombre: string;
  /** Null for people of other doors who have none. */
  readonly email: string | null;
  /** Whether they are active. */
  readonly estado: boolean;
}

/** A person with the songs of their library, in the order in which they were added (Music A4). */
export interface UserWithMusicBody extends UserBody {
  readonly musica: readonly SongBody[];
}

export function presentUser({ id, name, email, active }: UserRow): UserBody {
  return { id, nombre: name, email, estado: active };
}

export function presentUserWithMusic(user: UserRow, songs: readonly SongRow[]): UserWithMusicBody {
  return { ...presentUser(user), musica: songs.map((song) => presentSong(song)) };
}
