package io.meanfield.store;

import io.meanfield.settings.Section;

/**
 * The settings of the section {@code run}: the location of runs and the number of checkpoints.
 *
 * @param directory the directory of runs, any Hadoop path
 * @param keepCheckpoints the number of newest checkpoints that are kept besides the best one
 */
public record RunSettings(String directory, int keepCheckpoints) {
  public static RunSettings read(Section run) {
    return new RunSettings(run.string("directory"), run.integer("keep-checkpoints", 1));
  }
}
