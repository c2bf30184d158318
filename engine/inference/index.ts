export { openClassifier, type Answer, type Answers, type Classifier } from './open-classifier.ts';
