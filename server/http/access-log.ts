import type { Viewer } from '../domain/viewer.js';
import type { Logger } from '../logger.js';
import type { ServedRequest } from '../telemetry/request-record.js';

/**
 * One line per request, when it is over, after one for each change that it made. Nothing that a client made up is in it but the path of a route that took it,
 * whose variable parts are ids, and the name of a GraphQL operation.
 */
export function accessLog(logger: Logger): (served: ServedRequest) => void {
  return ({ record, method, route, path, status, completed, durationMs }) => {
    if (!logger.isLevelEnabled('info')) return;
    const { requestId, door, operation, statements, changes } = record;
    const viewer = describeViewer(record.viewer);
    for (const { action, subjectId } of changes) {
      logger.info({ requestId, dialect: door, viewer, action, subjectId }, 'audit');
    }
    logger.info(
      {
        requestId,
        ...(record.trace && { traceId: record.trace.traceId }),
        method,
        route: route ?? null,
        ...(route !== undefined && { path }),
        ...(door !== undefined && { dialect: door }),
        ...(operation && { operationType: operation.type, operation: operation.name ?? null }),
        viewer,
        status,
        completed,
        durationMs: Math.round(durationMs * 10) / 10,
        sqlCount: statements,
      },
      'request',
    );
  };
}

function describeViewer(viewer: Viewer): { kind: Viewer['kind']; id?: number | string } {
  switch (viewer.kind) {
    case 'user':
      return { kind: 'user', id: viewer.userId };
    case 'service':
      return { kind: 'service', id: viewer.clientId };
    default:
      return { kind: 'anonymous' };
  }
}
