import { Field, ObjectType } from 'type-graphql';
import { AdditionOutcome, RemovalOutcome } from '../shared/outcome.type.js';
import { LibraryEntryType } from './library.type.js';

@ObjectType('AddSongToLibraryPayload', { description: 'The entry that is there now.', simpleResolvers: true })
export class AddSongToLibraryPayload {
  @Field(() => AdditionOutcome, { description: 'Whether it was added now.' })
  outcome!: AdditionOutcome;

  @Field(() => LibraryEntryType, { description: 'The entry.' })
  entry!: object;
}

@ObjectType('RemoveSongFromLibraryPayload', { description: 'What came of removing a song.', simpleResolvers: true })
export class RemoveSongFromLibraryPayload {
  @Field(() => RemovalOutcome, { description: 'Whether it was in the library.' })
  outcome!: RemovalOutcome;
}
