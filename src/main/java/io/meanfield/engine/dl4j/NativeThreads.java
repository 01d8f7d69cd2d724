package io.meanfield.engine.dl4j;

import io.meanfield.learner.NativeLibraries;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Limits ND4J to one thread for each logical worker: parallel sums would change bits, and make
 * small networks slower.
 */
public final class NativeThreads {
  private NativeThreads() {}

  /** Makes ND4J and its BLAS compute on the calling thread, in this whole JVM. */
  public static void useSingle() {
    Once.done();
  }

  private static final class Once {
    static {
      NativeLibraries.configure();
      Nd4j.getEnvironment().setMaxThreads(1);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      Nd4j.factory().blas().setMaxThreads(1);
    }

    static void done() {}
  }
}
