// ONNX Runtime 1.29 and later report usage to their maker by default, also on Linux, and leave files in the temporary folder. The
// variable is read once, when the library is loaded, so this module must be evaluated before it. A self-hosted service never phones home.
process.env['ORT_DISABLE_TELEMETRY'] = '1';
