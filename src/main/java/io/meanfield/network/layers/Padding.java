package io.meanfield.network.layers;

/** The padding of an image at its edges before a convolution. */
public enum Padding {
  /** Adds no padding: the window stays inside the image. */
  VALID,
  /** Surrounds the image with zeros: the output size is the input size / stride, rounded up. */
  SAME
}
