import { defineEntity, p } from '@mikro-orm/core';
import { Movie } from '../movies/movie.entity.js';
import { User } from '../users/user.entity.js';

/** An upload that was announced and is not confirmed: its key is promised, and no row points at it yet. */
export const ImageUpload = defineEntity({
  name: 'ImageUpload',
  tableName: 'image_uploads',
  indexes: [
    { name: 'image_uploads_user_id_index', properties: ['user'] },
    { name: 'image_uploads_movie_id_index', properties: ['movie'] },
    { name: 'image_uploads_expires_at_index', properties: ['expiresAt'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    /** Who announced it, and alone may confirm it. */
    user: () => p.manyToOne(User).index(false).foreignKeyName('image_uploads_user_id_foreign'),
    /** The film whose poster it becomes; null for the picture of the person. */
    movie: () =>
      p.manyToOne(Movie).nullable().index(false).foreignKeyName('image_uploads_movie_id_foreign').deleteRule('cascade'),
    objectKey: p.string().length(100).unique('image_uploads_object_key_unique'),
    contentType: p.string().length(20),
    bytes: p.integer(),
    /** SHA-256, in hex, of the secret in the address that it is sent to. */
    tokenHash: p.string().length(64).hidden().unique('image_uploads_token_hash_unique'),
    expiresAt: p.bigint('number'),
  },
});
