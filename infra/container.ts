/** The port that the server listens on inside its task. */
export const containerPort = 3000;
/** Where the server counts, for the collector beside it. */
export const metricsPort = 9464;
/** Where the collector takes traces. */
export const tracesPort = 4318;
