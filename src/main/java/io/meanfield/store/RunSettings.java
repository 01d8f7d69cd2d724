package io.meanfield.store;

import io.meanfield.settings.Section;

/**
 * The settings of the section {@code run}: the location of runs, their writers and the number of
 * checkpoints.
 *
 * @param directory the directory of runs, any Hadoop path
 * @param keepCheckpoints the number of newest checkpoints that are kept besides the best one
 * @param singleWriter whether the caller guarantees that one process at a time writes a run
 */
public record RunSettings(String directory, int keepCheckpoints, boolean singleWriter) {
  public static RunSettings read(Section run) {
    return new RunSettings(
        run.string("directory"), run.integer("keep-checkpoints", 1), run.bool("single-writer"));
  }
}
