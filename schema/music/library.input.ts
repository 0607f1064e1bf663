import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { LibraryOrderField } from '../../server/domain/music/library.types.js';
import type { Direction, Order } from '../../server/domain/page.js';
import { OrderDirection } from '../shared/order.input.js';

/** The GraphQL side of `LibraryOrderField`. */
const LibraryOrderFieldEnum = {
  ID: 'ID',
  CREATED_AT: 'CREATED_AT',
} as const satisfies { [Field in LibraryOrderField]: Field };

registerEnumType(LibraryOrderFieldEnum, {
  name: 'LibraryOrderField',
  description: 'What a library can be ordered by; ties are ordered by id, the same way.',
  valuesConfig: {
    ID: { description: 'The order in which songs were added.' },
    CREATED_AT: { description: 'When they were added.' },
  },
});

@InputType('LibraryOrder', { description: 'An order of library entries.' })
export class LibraryOrderInput implements Order<LibraryOrderField> {
  @Field(() => LibraryOrderFieldEnum, { description: 'What to order by.' })
  field!: LibraryOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: Direction;
}

const whose = "Whose library: an id, or a databaseId; the viewer's own when absent.";

@InputType('AddSongToLibraryInput', { description: 'Which song to add.' })
export class AddSongToLibraryInput {
  @Field(() => ID, { description: 'The song: its id, or its databaseId.' })
  songId!: string;

  @Field(() => ID, { nullable: true, description: whose })
  userId?: string | null;
}

@InputType('RemoveSongFromLibraryInput', { description: 'Which song to remove.' })
export class RemoveSongFromLibraryInput {
  @Field(() => ID, { description: 'The song: its id, or its databaseId.' })
  songId!: string;

  @Field(() => ID, { nullable: true, description: whose })
  userId?: string | null;
}
