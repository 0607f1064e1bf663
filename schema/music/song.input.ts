import { Field, InputType, registerEnumType } from 'type-graphql';
import type { SongOrderField } from '../../server/domain/music/song.types.js';
import type { Direction, Order } from '../../server/domain/page.js';
import { OrderDirection } from '../shared/order.input.js';

/** The GraphQL side of `SongOrderField`. */
const SongOrderFieldEnum = {
  ID: 'ID',
  TITLE: 'TITLE',
  ARTIST: 'ARTIST',
} as const satisfies { [Field in SongOrderField]: Field };

registerEnumType(SongOrderFieldEnum, {
  name: 'SongOrderField',
  description: 'What songs can be ordered by; ties are ordered by id, the same way.',
  valuesConfig: {
    ID: { description: 'The order in which songs were added.' },
    TITLE: { description: 'The title, without regard to case and accents.' },
    ARTIST: { description: 'The artist, without regard to case and accents.' },
  },
});

@InputType('SongOrder', { description: 'An order of songs.' })
export class SongOrderInput implements Order<SongOrderField> {
  @Field(() => SongOrderFieldEnum, { description: 'What to order by.' })
  field!: SongOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: Direction;
}

@InputType('CreateSongInput', { description: 'A new song.' })
export class CreateSongInput {
  @Field(() => String, { description: 'What it is called; 1 to 200 characters.' })
  title!: string;

  @Field(() => String, { description: 'Who plays it; 1 to 200 characters.' })
  artist!: string;
}
