import { Dashboard, GraphWidget, type IMetric, TextWidget, TextWidgetBackground } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** A graph: its title and what it shows, on the left and on the right axis. */
export interface Graph {
  readonly title: string;
  readonly left: readonly IMetric[];
  readonly right?: readonly IMetric[];
}

/** Rows of graphs, from what clients see down to the database. */
export function createDashboard(
  scope: Construct,
  name: string,
  rows: readonly { readonly heading: string; readonly graphs: readonly Graph[] }[],
): Dashboard {
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: name });
  for (const { heading, graphs } of rows) {
    const background = TextWidgetBackground.TRANSPARENT;
    dashboard.addWidgets(new TextWidget({ markdown: `## ${heading}`, width: 24, height: 1, background }));
    dashboard.addWidgets(...graphs.map((graph) => createGraph(graph, Math.floor(24 / graphs.length))));
  }
  return dashboard;
}

function createGraph({ title, left, right = [] }: Graph, width: number): GraphWidget {
  return new GraphWidget({ title, left: [...left], right: [...right], width, height: 6 });
}
