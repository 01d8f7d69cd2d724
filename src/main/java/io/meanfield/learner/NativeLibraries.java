package io.meanfield.learner;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Configures JavaCPP, which loads the native libraries of both engines. Callers do so before they
 * load the first class of JavaCPP.
 */
public final class NativeLibraries {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  private NativeLibraries() {}

  /** Sets JavaCPP's system properties, except those that the user has set. */
  public static void configure() {
    // Native libraries for GPUs terminate the process if there is no driver.
    setUnlessSet("org.bytedeco.javacpp.platform.extension", Files.exists(DRIVER) ? "-gpu" : "-cpu");
    // By default JavaCPP asks the kernel for the size of the process at every allocation, which
    // takes a tenth of the time of a step on LibTorch. No limit is needed, because each step frees
    // its memory.
    setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
