package io.meanfield.network.layers;

/** What a convolution does at the edges of an image. */
public enum Padding {
  /** Uses whole windows only. */
  VALID,
  /** Surrounds the image with zeros, so that strides of 1 keep its size. */
  SAME
}
