/** One tab of the playground, as GraphiQL takes it. */
export interface ExampleTab {
  readonly query: string;
  readonly variables?: string;
  readonly headers?: string;
}

/** A demo user's public key: what the demo data has, and nothing else. */
const asJohn = JSON.stringify({ 'x-api-key': 'api_key_john_12345' }, null, 2);

/** What a newcomer finds in the playground: each runs as it stands against the demo data. */
export const exampleTabs: readonly ExampleTab[] = [
  {
    query: `# Welcome to Filmgraph. Run this with Ctrl+Enter.
# The next tabs search, rate and keep a watchlist.
query TopFilms {
  movies(
    first: 10
    orderBy: { field: AVERAGE_RATING, direction: DESC }
  ) {
    nodes {
      title
      year
      averageRating
      ratingCount
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
  },
  {
    query: `query SearchFilms($filter: MovieFilter, $after: String) {
  movies(first: 5, after: $after, filter: $filter) {
    totalCount
    nodes {
      databaseId
      title
      director
      genres
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: JSON.stringify({ filter: { text: 'the' } }, null, 2),
  },
  {
    query: `# Rates as the user whose key is in the Headers pane.
# Running it again replaces the rating.
mutation RateFilm($input: RateMovieInput!) {
  rateMovie(input: $input) {
    created
    rating {
      score
      comment
      movie {
        title
        averageRating
        ratingCount
      }
    }
  }
}
`,
    variables: JSON.stringify({ input: { movieId: 10, score: 4.5, comment: 'Even better the second time.' } }, null, 2),
    headers: asJohn,
  },
  {
    query: `# A watchlist is its owner's alone: without the key
# in the Headers pane, viewer is null.
query MyWatchlist {
  viewer {
    name
    watchlist(first: 10) {
      nodes {
        watched
        movie {
          title
          averageRating
        }
      }
    }
  }
}
`,
    headers: asJohn,
  },
];
