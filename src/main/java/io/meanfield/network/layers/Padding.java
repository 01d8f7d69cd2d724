package io.meanfield.network.layers;

/** The padding of an image at its edges before a convolution. */
public enum Padding {
  /** Uses whole windows only. */
  VALID,
  /** Surrounds the image with zeros, so that strides of 1 keep its size. */
  SAME
}
