import Joi from 'joi';

export interface NewItemBody {
  readonly movieId: number;
  readonly watched: boolean;
}

export interface ItemChangeBody {
  readonly watched: boolean;
}

/** The body of a new entry (MIMO 1.9); `watched` is optional (MIMO 1.13 M6). */
export const newItemSchema = Joi.object<NewItemBody>({
  movieId: Joi.number().integer().positive().required(),
  watched: Joi.boolean().default(false),
});

/** The body of a change (MIMO 1.10). */
export const itemChangeSchema = Joi.object<ItemChangeBody>({ watched: Joi.boolean().required() });
