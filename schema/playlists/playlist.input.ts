import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { Direction, Order } from '../../server/domain/page.js';
import type { PlaylistEntryOrderField } from '../../server/domain/playlists/playlist.types.js';
import { OrderDirection } from '../shared/order.input.js';

/** The GraphQL side of `PlaylistEntryOrderField`. */
const PlaylistEntryOrderFieldEnum = {
  POSITION: 'POSITION',
  ADDED_AT: 'ADDED_AT',
} as const satisfies { [Field in PlaylistEntryOrderField]: Field };

registerEnumType(PlaylistEntryOrderFieldEnum, {
  name: 'PlaylistEntryOrderField',
  description: 'What a playlist can be ordered by; ties are ordered by id, the same way.',
  valuesConfig: {
    POSITION: { description: 'As their owner ordered them; new ones come last.' },
    ADDED_AT: { description: 'When they were added.' },
  },
});

@InputType('PlaylistEntryOrder', { description: 'An order of playlist entries.' })
export class PlaylistEntryOrderInput implements Order<PlaylistEntryOrderField> {
  @Field(() => PlaylistEntryOrderFieldEnum, { description: 'What to order by.' })
  field!: PlaylistEntryOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: Direction;
}

@InputType('CreatePlaylistInput', { description: 'A new playlist.' })
export class CreatePlaylistInput {
  @Field(() => String, { description: '1 to 100 characters; nobody has two playlists of one name.' })
  name!: string;
}

@InputType('RenamePlaylistInput', { description: 'Which playlist, and its new name.' })
export class RenamePlaylistInput {
  @Field(() => ID, { description: 'The playlist: its id, or its databaseId.' })
  playlistId!: string;

  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string;
}

@InputType('DeletePlaylistInput', { description: 'Which playlist to delete, with what is in it.' })
export class DeletePlaylistInput {
  @Field(() => ID, { description: 'The playlist: its id, or its databaseId; not the default one.' })
  playlistId!: string;
}

@InputType('AddToPlaylistInput', { description: 'Which film to add, and to which playlist.' })
export class AddToPlaylistInput {
  @Field(() => ID, {
    nullable: true,
    description: "The playlist: its id, or its databaseId; absent for one's default.",
  })
  playlistId?: string | null;

  @Field(() => ID, { description: 'The film: its id, or its databaseId. It must be available.' })
  movieId!: string;
}

@InputType('RemoveFromPlaylistInput', { description: 'Which film to remove, and from which playlist.' })
export class RemoveFromPlaylistInput {
  @Field(() => ID, {
    nullable: true,
    description: "The playlist: its id, or its databaseId; absent for one's default.",
  })
  playlistId?: string | null;

  @Field(() => ID, { description: 'The film: its id, or its databaseId.' })
  movieId!: string;
}

@InputType('MovePlaylistEntryInput', { description: 'Which film of a playlist to put where.' })
export class MovePlaylistEntryInput {
  @Field(() => ID, {
    nullable: true,
    description: "The playlist: its id, or its databaseId; absent for one's default.",
  })
  playlistId?: string | null;

  @Field(() => ID, { description: 'The film to move: its id, or its databaseId.' })
  movieId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The film of the same playlist to put it right behind: its id, or its databaseId; absent puts it first.',
  })
  afterMovieId?: string | null;
}
