export { openClassifier, type Classifier } from './open-classifier.ts';
