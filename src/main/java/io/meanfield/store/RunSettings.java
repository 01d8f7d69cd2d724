package io.meanfield.store;

import io.meanfield.settings.Section;
import java.util.OptionalLong;

/**
 * The settings of the section {@code run}: the location of runs, their writers, the number of
 * checkpoints, the memory of executors, the profile, and the seed.
 *
 * @param directory the directory of runs, any Hadoop path
 * @param keepCheckpoints the number of newest checkpoints that are kept besides the best one
 * @param singleWriter whether the caller guarantees that one process at a time writes a run, or a
 *     registered model
 * @param nativeMemory the bytes that an executor may use outside its heap; empty for auto
 * @param profile whether train writes the profile of its data
 * @param seed the seed of all random numbers, such as the split and the initial weights
 */
public record RunSettings(
    String directory,
    int keepCheckpoints,
    boolean singleWriter,
    OptionalLong nativeMemory,
    boolean profile,
    long seed) {
  static final String DIRECTORY = "run.directory";
  private static final long LEAST_NATIVE_MEMORY = 64;

  public static RunSettings read(Section run) {
    return new RunSettings(
        run.string("directory"),
        run.integer("keep-checkpoints", 1),
        run.optionalBoolean("single-writer"),
        run.sizeOr("auto", "native-memory", LEAST_NATIVE_MEMORY),
        run.optionalBoolean("profile"),
        run.seed("seed"));
  }
}
