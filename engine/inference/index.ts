export { openClassifier, type Answer, type Answers, type Classifier } from './open-classifier.ts';
export { openDeliverable, type Deliverable } from './open-deliverable.ts';
