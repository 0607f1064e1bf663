import { Field, ObjectType } from 'type-graphql';
import { SongType } from './song.type.js';

@ObjectType('CreateSongPayload', { description: 'The song that was added.', simpleResolvers: true })
export class CreateSongPayload {
  @Field(() => SongType, { description: 'The song.' })
  song!: object;
}
