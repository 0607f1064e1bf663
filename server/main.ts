import { keepCompiledCode } from './compiled-code.js';

// Before anything else is loaded, so that all of it is found compiled.
keepCompiledCode();
const { serve } = await import('./serve.js');
await serve();
