/*
 * Convolution with a gradient for the wasm backend of TensorFlow.js, which has no Conv2DBackpropFilter and whose Conv2DBackpropInput is
 * a plain loop, twelve times slower than its Conv2D. The first is written as Conv2D here, the only fast kernel for it, and so is the second
 * where `inputGradient` is 'rewritten'; with 'library' it stays what TensorFlow.js does.
 * Pictures are [N, H, W, C], filters square [k, k, C, O], H and W multiples of the stride.
 */

/** @returns conv(x, filter, bias, { stride, pad, isFirst }), differentiable; the gradient of x is left out where `isFirst`. */
export function differentiableConvolution(tf, inputGradient) {
  const ofInput = { library: libraryInputGradient, rewritten: rewrittenInputGradient }[inputGradient];
  return (x, filter, bias, { stride, pad, isFirst }) => {
    const forward = (x, filter, bias) =>
      tf.fused.conv2d({ x, filter, bias, strides: stride, pad: around([pad, pad]), activation: 'linear' });
    const ofParameters = (x, dy, filter) => [
      filterGradient(tf, x, dy, { stride, pad, kernel: filter.shape[0] }),
      channelSums(tf, dy),
    ];
    if (isFirst)
      return tf.customGrad((filter, bias, save) => {
        save([filter]);
        return { value: forward(x, filter, bias), gradFunc: (dy, [filter]) => ofParameters(x, dy, filter) };
      })(filter, bias);
    return tf.customGrad((x, filter, bias, save) => {
      save([x, filter]);
      const gradFunc = (dy, [x, filter]) => [
        ofInput(tf, dy, filter, { stride, pad, shape: x.shape }),
        ...ofParameters(x, dy, filter),
      ];
      return { value: forward(x, filter, bias), gradFunc };
    })(x, filter, bias);
  };
}

/** The output gradient slides over the input as a filter dilated by the stride; the pictures of the batch are its channels. */
function filterGradient(tf, x, dy, { stride, pad, kernel }) {
  const [batch, size, , channels] = x.shape;
  const [, outSize, , outChannels] = dy.shape;
  const after = kernel + stride * (outSize - 1) - size - pad;
  const used = size + Math.min(0, after);
  const cropped = used === size ? x : tf.slice(x, [0, 0, 0, 0], [batch, used, used, channels]);
  const rows = tf.reshape(tf.transpose(tf.reshape(cropped, [batch, -1])), [1, used, used * channels, batch]);
  const pads = [pad, Math.max(0, after)];
  const places = [[0, 0], pads, pads.map((each) => each * channels), [0, 0]];
  const filter = tf.transpose(dy, [1, 2, 0, 3]);
  const gradient = tf.conv2d(rows, filter, 1, places, 'NHWC', [stride, stride * channels]);
  return tf.reshape(gradient, [kernel, kernel, channels, outChannels]);
}

function libraryInputGradient(tf, dy, filter, { stride, pad, shape }) {
  return tf.conv2dTranspose(dy, filter, shape, stride, around([pad, pad]));
}

/**
 * A convolution of stride 1 with the flipped filter. With a stride s, the s x s places that share an output place are computed as
 * channels, each from the filter elements that reach it, and are then spread out. Slice and Concat flip the filter and Transpose spreads
 * the places: Reverse, Gather and DepthToSpace take as long as the convolution.
 */
function rewrittenInputGradient(tf, dy, filter, { stride, pad, shape: [, size] }) {
  const [kernel, , channels, outChannels] = filter.shape;
  const outSize = dy.shape[1];
  const first = Math.ceil((pad - kernel + 1) / stride);
  const last = Math.floor((pad + stride - 1) / stride);
  const taps = last - first + 1;
  const element = (tap, place) => place + pad - stride * (first + tap);
  const isInside = (at) => at >= 0 && at < kernel;
  const elements = tf.reshape(filter, [kernel * kernel, channels * outChannels]);
  const zeros = tf.zeros([1, channels * outChannels]);
  const arranged = [];
  for (let down = 0; down < taps; down++)
    for (let right = 0; right < taps; right++)
      for (let y = 0; y < stride; y++)
        for (let x = 0; x < stride; x++) {
          const [row, column] = [element(down, y), element(right, x)];
          arranged.push(isInside(row) && isInside(column) ? tf.slice(elements, row * kernel + column, 1) : zeros);
        }
  const places = stride * stride * channels;
  const flipped = tf.transpose(tf.reshape(tf.concat(arranged), [taps * taps, places, outChannels]), [0, 2, 1]);
  const pads = around([-first, size / stride - outSize + last]);
  const gradient = tf.conv2d(dy, tf.reshape(flipped, [taps, taps, outChannels, places]), 1, pads);
  if (stride === 1) return gradient;
  const [batch, quotient] = gradient.shape;
  const spread = tf.transpose(
    tf.reshape(gradient, [batch * quotient, quotient, stride, stride * channels]),
    [0, 2, 1, 3],
  );
  return tf.reshape(spread, [batch, size, size, channels]);
}

/** As a product with ones: the reduction kernel is seven times slower. */
function channelSums(tf, dy) {
  const channels = dy.shape[3];
  const rows = tf.reshape(dy, [-1, channels]);
  return tf.reshape(tf.matMul(tf.ones([1, rows.shape[0]]), rows), [channels]);
}

const around = (pads) => [[0, 0], pads, pads, [0, 0]];
