package io.meanfield.pipeline.settings;

import com.typesafe.config.Config;
import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.settings.SettingsTree;
import java.util.Map;

/**
 * Settings with what follows from a data set: the one derivation of every job.
 *
 * @param sizes the values that were {@code auto}, by key
 */
public record DerivedSettings(JobSettings settings, Map<String, Integer> sizes) {

  /**
   * Derives the network.
   *
   * @throws io.meanfield.error.UserException if the layers accept no shape, or are for other
   *     columns
   */
  public static DerivedSettings of(JobSettings given, Dataset data) {
    return of(given, given.config(), data, Map.of());
  }

  /** As {@link #of}, with the {@link AutomaticSizes} for the training examples of a split. */
  public static DerivedSettings forTraining(JobSettings given, Dataset data, Split split) {
    AutomaticSizes automatic = new AutomaticSizes(split.learned(), split.folds());
    Map<String, Integer> sizes = automatic.values(given.config());
    return of(given, automatic.in(given.config(), sizes), data, sizes);
  }

  private static DerivedSettings of(
      JobSettings given, Config sized, Dataset data, Map<String, Integer> sizes) {
    Config complete = DerivedNetwork.complete(sized, given.givenNetwork(), data);
    return new DerivedSettings(
        complete.equals(given.config())
            ? given
            : JobSettings.read(SettingsTree.overDefaults(complete)),
        sizes);
  }
}
