import { keepCompiledCode } from './compiled-code.js';
import { boundYoungSpace, startSmall } from './heap-size.js';

// Before anything else is loaded, so that all of it is found compiled.
keepCompiledCode();
startSmall();
const { serve } = await import('./serve.js');
await serve();
boundYoungSpace();
