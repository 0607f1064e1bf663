import { flushCompileCache } from 'node:module';
import { keepCompiledCode } from './compiled-code.js';

// The last step of the build: loads what the server does, whatever its configuration, so that its first start finds all of
// it compiled, also where nothing can be written.
keepCompiledCode();
await import('./serve.js');
await import('./database/mysql-dialect.js');
await import('./limits/redis.js');
await import('./storage/s3-image-store.js');
await import('./storage/s3-media-store.js');
await import('./telemetry/metrics-server.js');
await import('./telemetry/otlp-tracing.js');
await import('./telemetry/prometheus-metrics.js');
flushCompileCache();
