import { checkData } from './data.checks.js';
import { checkEdge } from './edge.checks.js';
import { checkFaults } from './faults.checks.js';
import { checkNag } from './nag.checks.js';
import { checkNetwork } from './network.checks.js';
import { checkObservability } from './observability.checks.js';
import { checkPipeline } from './pipeline.checks.js';
import { checkService } from './service.checks.js';
import { checkShared } from './shared.checks.js';

// In one file, because each synthesis takes seconds, and files of tests share nothing.
checkNetwork();
checkData();
checkEdge();
checkService();
checkObservability();
checkPipeline();
checkShared();
checkFaults();
checkNag();
