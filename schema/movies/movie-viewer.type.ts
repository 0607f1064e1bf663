import { ObjectType } from 'type-graphql';

@ObjectType('MovieViewer', { description: 'What the viewer has to do with a film.', simpleResolvers: true })
export class MovieViewerType {
  movieId!: number;
}
