import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { MovieRow } from '../../server/domain/movies/movie.types.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import { forgetReads, type GraphqlContext } from '../context.js';
import { MovieType } from '../movies/movie.type.js';
import { parseIdOf } from '../shared/global-id.js';
import { UserType } from '../users/user.type.js';
import { ConfirmImageUploadInput, CreateImageUploadInput } from './image-upload.input.js';
import { ConfirmImageUploadPayload, CreateImageUploadPayload } from './image-upload.type.js';

/** Sending images: announced here, sent to the address that comes back, confirmed here. */
@Resolver()
export class ImageResolver {
  @Mutation(() => CreateImageUploadPayload, {
    description: "Announces an image: the viewer's picture or, by administrators, a film's poster.",
  })
  async createImageUpload(
    @Arg('input', () => CreateImageUploadInput, { description: 'The image.' }) input: CreateImageUploadInput,
    @Ctx() { imageUploads }: GraphqlContext,
  ): Promise<CreateImageUploadPayload> {
    const { contentType, byteSize: bytes, movieId } = input;
    const film = movieId == null ? undefined : parseIdOf('Movie', movieId, 'movieId');
    const { headers, ...upload } = await imageUploads.create({ contentType, bytes, movieId: film });
    return { ...upload, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) };
  }

  @Mutation(() => ConfirmImageUploadPayload, {
    description: 'Makes an image that was sent what it was announced for. One that is something else is deleted.',
  })
  async confirmImageUpload(
    @Arg('input', () => ConfirmImageUploadInput, { description: 'Which.' }) { key }: ConfirmImageUploadInput,
    @Ctx() context: GraphqlContext,
  ): Promise<ConfirmImageUploadPayload> {
    const { userId, movieId } = await context.imageUploads.confirm(key);
    forgetReads(context);
    const { users, movies } = context.loaders;
    return {
      imageUrl: context.images.urlOf(key),
      user: movieId === null ? ((await users.byId.load(userId)) ?? null) : null,
      movie: movieId === null ? null : ((await movies.byId.load(movieId)) ?? null),
    };
  }
}

/** The picture of a film. */
@Resolver(() => MovieType)
export class MoviePosterResolver {
  @FieldResolver(() => String, { nullable: true, description: 'Where its poster can be seen; null without one.' })
  posterUrl(@Root() movie: MovieRow, @Ctx() { images }: GraphqlContext): string | null {
    return images.urlOf(movie.posterKey);
  }
}

/** The picture of a person. */
@Resolver(() => UserType)
export class ProfileImageResolver {
  @FieldResolver(() => String, { nullable: true, description: 'Where their picture can be seen; null without one.' })
  profileImageUrl(@Root() user: UserRow, @Ctx() { images }: GraphqlContext): string | null {
    return images.urlOf(user.profileImageKey);
  }
}
