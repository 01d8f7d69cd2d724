package io.meanfield.learner;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What JavaCPP, which loads the natives of both engines, must be told before its first class is.
 */
public final class NativeLibraries {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  private NativeLibraries() {}

  /** Says it, unless the user has said something else. */
  public static void configure() {
    // Natives for GPUs, in a build that has them, end the process where there is no driver.
    setUnlessSet("org.bytedeco.javacpp.platform.extension", Files.exists(DRIVER) ? "-gpu" : "-cpu");
    // JavaCPP would ask the kernel for the size of the process before every allocation: a tenth of
    // a
    // step on LibTorch. What a step allocates is freed at its end, so there is nothing to watch.
    setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
