package io.meanfield.engine.torch;

import org.bytedeco.pytorch.global.torch;

/**
 * The numbers of an example on a device.
 *
 * @param inputs number of features
 * @param images whether the features are bytes; else they are 32-bit floats
 */
record ExampleFormat(int inputs, boolean images, int outputs) {
  torch.ScalarType type() {
    return images ? torch.ScalarType.Byte : torch.ScalarType.Float;
  }

  /** Returns the size of features, targets and sample weight in bytes. */
  long bytes() {
    return (long) inputs * (images ? Byte.BYTES : Float.BYTES) + (outputs + 1L) * Float.BYTES;
  }
}
