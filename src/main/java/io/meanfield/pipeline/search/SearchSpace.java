package io.meanfield.pipeline.search;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.random.Permutation;
import io.meanfield.random.SplitMix64;
import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsTree;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings that trials choose, each alone and at random (Bergstra and Bengio 2012, "Random
 * Search for Hyper-Parameter Optimization").
 *
 * @param choices by the keys of the settings
 */
record SearchSpace(SortedMap<String, Choice> choices) {
  private static final String OF_TABLES = "meanfield/search.conf";
  private static final String SPACE = "space";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final Pattern SEARCHED =
      Pattern.compile("(network|train)\\..+|data\\.columns\\.(bins|scale|dates)(\\..+)?");
  // The metric of all trials has to mean the same.
  private static final Pattern FIXED =
      Pattern.compile(
          "network\\.(loss|quantile|engine|preset|layers)"
              + "|train\\.(folds|members|intervals|threshold|calibrate|early-stopping\\.monitor)(\\..+)?");

  /** Scales of ranges. */
  private enum Scale {
    LINEAR,
    LOG
  }

  /** Returns the space around the default network of tables. */
  static SearchSpace ofTables() {
    Config file =
        ConfigFactory.parseResources(SearchSpace.class.getClassLoader(), OF_TABLES).resolve();
    return read(SettingsTree.overDefaults(file).section("search").optionalSection(SPACE), "");
  }

  /** Reads the section {@code search.space}; what is wrong becomes a problem of the settings. */
  static SearchSpace read(Section section) {
    return read(section, "");
  }

  private static SearchSpace read(Section section, String prefix) {
    SortedMap<String, Choice> choices = new TreeMap<>();
    for (String name : section.names()) {
      String key = prefix + name;
      if (section.isSection(name)) {
        Section nested = section.optionalSection(name);
        if (nested.has(FROM) || nested.has(TO)) {
          choices.put(key, range(nested));
        } else {
          choices.putAll(read(nested, key + ".").choices);
        }
      } else {
        choices.put(key, new Choice.OneOf(section.values(name)));
      }
      if (choices.containsKey(key) && !isSearched(key)) {
        section.invalid(
            name,
            "left out: a search chooses settings of the network, of its training, and"
                + " data.columns.bins, dates and scale, except those that change what its metric"
                + " means");
      }
    }
    return new SearchSpace(choices);
  }

  private static boolean isSearched(String key) {
    return SEARCHED.matcher(key).matches() && !FIXED.matcher(key).matches();
  }

  private static Choice range(Section range) {
    boolean isLog = range.has("scale") && range.choice("scale", Scale.class) == Scale.LOG;
    double from =
        range.number(
            FROM, value -> !isLog || value > 0, isLog ? "above 0" : "a number", isLog ? 1 : 0);
    double to =
        range.number(TO, value -> value > from, String.format(Locale.ROOT, "above %s", from), from);
    return new Choice.Range(from, to, isLog, range.optionalBoolean("whole"));
  }

  /**
   * Returns the settings that a trial changes. They depend on the seed, the number of the trial and
   * their keys alone, so that more trials or more settings leave the others as they are.
   *
   * @param trial its number; trial 0 changes nothing
   */
  Config changes(long seed, int trial) {
    Config changes = ConfigFactory.empty();
    if (trial > 0) {
      for (Map.Entry<String, Choice> choice : choices.entrySet()) {
        double unit = SplitMix64.uniform(Permutation.key(seed, trial, choice.getKey().hashCode()));
        changes = changes.withValue(choice.getKey(), choice.getValue().at(unit));
      }
    }
    return changes;
  }
}
