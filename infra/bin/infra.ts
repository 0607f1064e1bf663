import { App } from 'aws-cdk-lib/core';
import { build } from '../app.js';
import { environments } from '../environments.js';
import { addNag } from '../nag.js';

const app = new App();
for (const environment of environments) build(app, environment);
addNag(app);
app.synth();
