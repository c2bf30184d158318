/**
 * Runs training steps of a {@link Trainable}: many steps per run of ONNX Runtime, state in flat vectors. A training of a suffix:
 *
 *     const { lowering } = await chooseLowering();
 *     const stepper = await openStepper({ trainable, lowering, batchSize: 32, weightDecay: 0.05 }, initialParameters(trainable, head));
 *     await stepper.run({ examples: activations, batches, targets, learningRates });
 *     const probabilities = await forward.run(stepper.state.averages, validationActivations);
 */
export {
  initialState,
  openStepper,
  type StepBatches,
  type Stepper,
  type StepperSettings,
  type StepResults,
  type TrainingState,
} from './open-stepper.ts';
export { openSuffixForward, outputOf, type SuffixForward, type SuffixForwardSettings } from './open-suffix-forward.ts';
export { tryDevice, type DeviceFault, type DeviceTrial } from './try-device.ts';
export { dropoutMasks } from './dropout-masks.ts';
export type { ExampleKind } from './examples.ts';
export { stateNames, type StateName } from './update.ts';
