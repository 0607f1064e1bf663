import type { ImageService } from '../../domain/images/image.service.js';
import type { UserRow } from '../../domain/users/user.types.js';

/** A person, to themselves (CloudCinema 5). `foto_perfil` is an address, null when they have no photo. */
export interface UserBody {
  readonly id: number;
  readonly correo: string | null;
  readonly nombre_completo: string;
  readonly foto_perfil: string | null;
}

export function presentUser(user: UserRow, images: ImageService): UserBody {
  return {
    id: user.id,
    correo: user.email,
    nombre_completo: user.name,
    foto_perfil: images.urlOf(user.profileImageKey),
  };
}
