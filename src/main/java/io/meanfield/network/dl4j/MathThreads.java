package io.meanfield.network.dl4j;

import io.meanfield.network.Natives;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One math thread for each logical worker: parallel sums would change bits, and small networks only
 * get slower.
 */
public final class MathThreads {
  private MathThreads() {}

  /** Makes ND4J and its BLAS compute on the calling thread, in this whole JVM. */
  public static void one() {
    Once.done();
  }

  private static final class Once {
    static {
      Natives.prepare();
      Nd4j.getEnvironment().setMaxThreads(1);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      Nd4j.factory().blas().setMaxThreads(1);
    }

    static void done() {}
  }
}
