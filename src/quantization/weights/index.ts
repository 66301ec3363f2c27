export type { LayerStudy, WeightScheme, WeightsAt, WeightStudy, WeightStudyRequest } from './weight-study.js';
export { DEFAULT_LEAST_DB, studyWeights, weightSchemes, weightWidths } from './weight-study.js';
export { sensitivityOfWeights } from './weight-sensitivity.js';
