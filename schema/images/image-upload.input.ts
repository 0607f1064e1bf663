import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { ImageContentType } from '../../server/domain/images/image.types.js';

/** The kinds of images that are taken, as the schema names them. */
const ImageContentTypeEnum = {
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  WEBP: 'image/webp',
} as const satisfies Record<string, ImageContentType>;

registerEnumType(ImageContentTypeEnum, {
  name: 'ImageContentType',
  description: 'A kind of image that is taken.',
  valuesConfig: {
    JPEG: { description: '`image/jpeg`' },
    PNG: { description: '`image/png`' },
    WEBP: { description: '`image/webp`' },
  },
});

@InputType({ description: 'An image that is about to be sent.' })
export class CreateImageUploadInput {
  @Field(() => ImageContentTypeEnum, { description: 'What it is; its content must agree.' })
  contentType!: ImageContentType;

  @Field(() => Int, { description: 'How many bytes it has; 5 MiB (5242880) at most.' })
  byteSize!: number;

  @Field(() => ID, {
    nullable: true,
    description:
      "The film whose poster it becomes: its id, or its databaseId. When absent, it becomes the viewer's picture.",
  })
  movieId?: string | null;
}

@InputType({ description: 'An image that was sent.' })
export class ConfirmImageUploadInput {
  @Field(() => String, { description: 'The key that `createImageUpload` gave.' })
  key!: string;
}
