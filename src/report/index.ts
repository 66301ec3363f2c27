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
export { drawGantt } from './chart/gantt.js';
export { drawScheduleGains } from './chart/schedule-gains.js';
export { chromeTrace, chromeTraceText, type ChromeTrace, type TraceEvent } from './chrome-trace.js';
export { drawSurvey } from './chart/survey.js';
export { explain, explainDocument } from './explain.js';
export type { Format, FormatName } from './formats.js';
export { formats } from './formats.js';
export { reproductionToJson, reproductionToMarkdown, reproductionToText, type Reproduction } from './reproduction.js';
export { scheduleStudyToJson, scheduleStudyToMarkdown, scheduleStudyToText } from './schedule-report.js';
export { timelineToText } from './timeline-text.js';
export { surveyToCsv, surveyToMarkdown, surveyToText, surveyWarnings } from './survey/index.js';
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
export { networkToText, type NetworkOrigin, zooToText } from './workloads.js';
export { type StudiedWeights, type WeightFormatName, weightFormats } from './weights/weight-study.js';
