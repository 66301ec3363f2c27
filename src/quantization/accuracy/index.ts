export { type PublishedAccuracy, publishedAccuracies, publishedEdgeErrors } from './published-accuracy.js';
export { ACCURACY_NOTE, publishedAccuracyOf } from './workload-accuracy.js';
