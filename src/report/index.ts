export type {
  Chart,
  ChartConfiguration,
  ChartInput,
  ChartKind,
  ChartPlugin,
  Drawing,
  DrawnChart,
} from './chart/index.js';
export {
  chartPlugins,
  charts,
  defaultChartKind,
  drawAccuracySpeedup,
  drawAllCharts,
  drawChart,
  FONT_FAMILY,
} from './chart/index.js';
export { explain, explainDocument } from './explain.js';
export type { Format, FormatName } from './formats.js';
export { formats } from './formats.js';
export { reproductionToJson, reproductionToMarkdown, reproductionToText, type Reproduction } from './reproduction.js';
export { toCsv } from './to-csv.js';
export { tableToText } from './text.js';
export { SCHEMA_VERSION, toJson, toJsonValue } from './to-json.js';
export { toMarkdown, warningsOf } from './to-markdown.js';
export { toTable } from './to-table.js';
export {
  accuracyTable,
  drawAccuracy,
  type Finding,
  type FindingResult,
  findings,
  findingsCharts,
  type FindingsReport,
  findingsToJson,
  findingsToMarkdown,
  findingsToText,
  judgeFindings,
  percentPoints,
  type Spread,
  spreadOf,
  study as findingsStudy,
  type TrainingOutcome,
  type Verdict,
} from './findings/index.js';
