package io.meanfield.engine.torch.tensor;

import org.bytedeco.pytorch.Context;

/**
 * A scope in which the calling thread treats denormal numbers (floats below 1.2e-38) as 0. The
 * moments of a weight whose input is almost always 0 decay to denormals and stay there, because 0.9
 * times the smallest denormal rounds to itself; on some processors an operation on a denormal takes
 * a hundred times as long as an ordinary one. The scope also changes the arithmetic of Java code on
 * the thread, so it contains no Java code that needs denormals; losses are computed after it.
 */
public final class FlushDenormals implements AutoCloseable {
  public FlushDenormals() {
    Context.setFlushDenormal(true);
  }

  @Override
  public void close() {
    Context.setFlushDenormal(false);
  }
}
