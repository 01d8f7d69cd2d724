package io.meanfield.pipeline.search;

import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsPart;
import io.meanfield.settings.SettingsTree;
import java.util.Optional;

/**
 * The settings of the section {@code search}.
 *
 * @param trials the number of trials; the first one has the settings as they are
 * @param halving whether the worse half of the trials ends after a fifth of the epochs, and half of
 *     the others before the middle
 * @param space the settings that the trials choose; empty for those of the default network of
 *     tables
 */
public record SearchSettings(int trials, boolean halving, Optional<SearchSpace> space) {
  static final String TRIALS = "trials";
  private static final String SPACE = "space";

  /** Reads the settings for {@link io.meanfield.pipeline.settings.JobSettings}. */
  public static final class Part implements SettingsPart {
    @Override
    public Record read(SettingsTree tree) {
      return SearchSettings.read(tree.section("search"));
    }
  }

  /** Reads the section, in which nothing has to be set for other commands. */
  public static SearchSettings read(Section search) {
    return new SearchSettings(
        search.integer(TRIALS, 1), search.optionalBoolean("halving"), space(search));
  }

  private static Optional<SearchSpace> space(Section search) {
    if (search.isSection(SPACE)) {
      return Optional.of(SearchSpace.read(search.optionalSection(SPACE)));
    }
    if (!search.string(SPACE).equals("auto")) {
      search.invalid(SPACE, "auto, or an object { … }");
    }
    return Optional.empty();
  }
}
