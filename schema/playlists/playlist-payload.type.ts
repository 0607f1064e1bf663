import { Field, ObjectType } from 'type-graphql';
import { AdditionOutcome, RemovalOutcome } from '../shared/outcome.type.js';
import { PlaylistEntryType, PlaylistType } from './playlist.type.js';

@ObjectType('CreatePlaylistPayload', { description: 'The new playlist.', simpleResolvers: true })
export class CreatePlaylistPayload {
  @Field(() => PlaylistType, { description: 'The playlist.' })
  playlist!: object;
}

@ObjectType('RenamePlaylistPayload', { description: 'The playlist as it is now.', simpleResolvers: true })
export class RenamePlaylistPayload {
  @Field(() => PlaylistType, { description: 'The playlist.' })
  playlist!: object;
}

@ObjectType('DeletePlaylistPayload', { description: 'What came of deleting a playlist.', simpleResolvers: true })
export class DeletePlaylistPayload {
  @Field(() => RemovalOutcome, { description: 'Whether it was there.' })
  outcome!: RemovalOutcome;
}

@ObjectType('AddToPlaylistPayload', { description: 'The entry that is there now.', simpleResolvers: true })
export class AddToPlaylistPayload {
  @Field(() => AdditionOutcome, { description: 'Whether it was added now.' })
  outcome!: AdditionOutcome;

  @Field(() => PlaylistEntryType, { description: 'The entry.' })
  entry!: object;
}

@ObjectType('RemoveFromPlaylistPayload', { description: 'What came of removing a film.', simpleResolvers: true })
export class RemoveFromPlaylistPayload {
  @Field(() => RemovalOutcome, { description: 'Whether it was in the playlist.' })
  outcome!: RemovalOutcome;
}

@ObjectType('MovePlaylistEntryPayload', { description: 'The entry where it is now.', simpleResolvers: true })
export class MovePlaylistEntryPayload {
  @Field(() => PlaylistEntryType, { description: 'The entry.' })
  entry!: object;
}
