import { keepCompiledCode } from './compiled-code.js';
import { boundYoungSpace, keepYoungSpaceSmall } from './young-space.js';

// Before anything else is loaded, so that all of it is found compiled.
keepCompiledCode();
keepYoungSpaceSmall();
const { serve } = await import('./serve.js');
await serve();
boundYoungSpace();
