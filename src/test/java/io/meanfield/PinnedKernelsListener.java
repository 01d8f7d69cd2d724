package io.meanfield;

import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.Processor;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Selects the kernels that {@code run.kernels = auto} selects, before a test of the JVM loads the
 * libraries with others.
 */
public final class PinnedKernelsListener implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    NativeLibraries.pin(Processor.here().highest());
  }
}
