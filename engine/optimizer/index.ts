export { adamBeta1, adamBeta2, appendAdamW, biasCorrections, type AdamRates, type AdamState } from './adam-w.ts';
export { appendMovingAverage, averageDecays } from './moving-average.ts';
export { learningRateAt, type LearningRateSchedule } from './learning-rate-schedule.ts';
