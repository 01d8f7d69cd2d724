package io.meanfield.engine.torch;

import org.bytedeco.pytorch.Context;

/**
 * While open, the calling thread takes numbers too small for 24 bits (below 1.2e-38) for 0. Moments
 * of a weight whose input is almost always 0 decay into them and stay there, 0.9 times the smallest
 * one being that one again, and every operation on one costs a hundred times an ordinary one.
 * Closed before Java goes on: its arithmetic knows these numbers.
 */
final class FlushDenormals implements AutoCloseable {
  FlushDenormals() {
    Context.setFlushDenormal(true);
  }

  @Override
  public void close() {
    Context.setFlushDenormal(false);
  }
}
