package io.meanfield.engine.torch;

import org.bytedeco.pytorch.Context;

/**
 * A scope in which the calling thread treats denormal numbers (below 1.2e-38) as 0. The moments of
 * a weight whose input is almost always 0 decay to denormals and stay there, because 0.9 times the
 * smallest denormal rounds to itself, and an operation on a denormal costs a hundred times an
 * ordinary one. Close the scope before Java code continues, because Java's arithmetic requires
 * denormals.
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
