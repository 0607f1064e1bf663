import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { MovieType } from '../movies/movie.type.js';
import { UserType } from '../users/user.type.js';

@ObjectType('HttpHeader', { description: 'A header to send.', simpleResolvers: true })
export class HttpHeaderType {
  @Field(() => String, { description: 'Its name, in lower case.' })
  name!: string;

  @Field(() => String, { description: 'Its value.' })
  value!: string;
}

@ObjectType({ description: 'How to send the image: one request to an address that is secret.', simpleResolvers: true })
export class CreateImageUploadPayload {
  @Field(() => String, { description: 'What the image is called; give it to `confirmImageUpload`.' })
  key!: string;

  @Field(() => String, { description: 'Where to send the bytes.' })
  url!: string;

  @Field(() => String, { description: 'The method to send them with: `PUT`.' })
  method!: string;

  @Field(() => [HttpHeaderType], { description: 'Headers to send exactly so.' })
  headers!: HttpHeaderType[];

  @Field(() => GraphQLDateTimeISO, { description: 'Until when it can be sent and confirmed.' })
  expiresAt!: number;
}

@ObjectType({ description: 'Whose picture it is now.', simpleResolvers: true })
export class ConfirmImageUploadPayload {
  @Field(() => String, { description: 'Where anyone can see it.' })
  imageUrl!: string;

  @Field(() => UserType, { nullable: true, description: 'The viewer, when it is their picture.' })
  user!: object | null;

  @Field(() => MovieType, { nullable: true, description: 'The film, when it is a poster.' })
  movie!: object | null;
}
