import { describeOpenWrites } from '../../support/open-writes.js';

let people = 0;

describeOpenWrites(
  'users',
  [{ route: 'POST /user', body: () => ({ name: 'Ada', email: `a${++people}@example.org` }), status: 200 }],
  ['/users'],
);
