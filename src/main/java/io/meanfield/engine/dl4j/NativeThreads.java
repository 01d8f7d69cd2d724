package io.meanfield.engine.dl4j;

import io.meanfield.kernels.NativeLibraries;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Limits ND4J to the calling thread: sums on several threads would change bits and make small
 * networks slower.
 */
public final class NativeThreads {
  private NativeThreads() {}

  /**
   * Makes ND4J and its BLAS compute on the calling thread only, in the whole JVM. Also configures
   * {@link NativeLibraries}, so call it before the first array of ND4J is created.
   */
  public static void useSingle() {
    SingleThread.configure();
  }

  /** Configures ND4J once, when this class is initialised. */
  private static final class SingleThread {
    static {
      NativeLibraries.configure();
      Nd4j.getEnvironment().setMaxThreads(1);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      Nd4j.factory().blas().setMaxThreads(1);
    }

    static void configure() {}
  }
}
