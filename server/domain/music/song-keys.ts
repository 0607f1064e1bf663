import { foldText } from '../text.js';
import { maxSongTextLength, type NewSong, type SongRow } from './song.types.js';

/** What a song is ordered by. Folding may lengthen a text (one character of Arabic becomes 18), so its beginning counts. */
export function songKeys({ title, artist }: NewSong): Pick<SongRow, 'titleKey' | 'artistKey'> {
  return { titleKey: keyOf(title), artistKey: keyOf(artist) };
}

function keyOf(text: string): string {
  return Array.from(foldText(text)).slice(0, maxSongTextLength).join('');
}
