// The one door to ONNX Runtime: whoever imports it elsewhere would load it with its telemetry on.
import './no-telemetry.ts';
// oxlint-disable-next-line import/first -- the order is the point
export { env, InferenceSession, Tensor } from 'onnxruntime-node';
