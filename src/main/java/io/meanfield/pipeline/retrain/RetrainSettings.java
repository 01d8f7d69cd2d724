package io.meanfield.pipeline.retrain;

import io.meanfield.data.formats.DataContents;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.source.KeptColumns;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.gate.GateSettings;
import io.meanfield.promotion.PromotionRule;
import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsPart;
import io.meanfield.settings.SettingsTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of the section {@code retrain}.
 *
 * @param model the name of the model in the registry; empty if not set
 * @param input the directory in which new data arrive; empty for the files of {@code data.train}
 * @param window the number of newest partitions to train on; empty for all
 * @param testWindow the number of newest partitions that are test examples and not trained on;
 *     empty if {@code data.test} or {@code data.test-fraction} has the test examples
 * @param start the weights that training starts from
 * @param rule the rule by which a challenger replaces the champion
 * @param gate the bounds that data must keep to be trained on
 */
public record RetrainSettings(
    Optional<String> model,
    Optional<String> input,
    OptionalInt window,
    OptionalInt testWindow,
    Start start,
    PromotionRule rule,
    GateSettings gate) {
  /** The weights that training starts from. */
  public enum Start {
    /** Those of the champion; random ones if there is none. */
    WARM,
    /** Random ones. */
    COLD
  }

  /** Reads the settings for {@link io.meanfield.pipeline.settings.JobSettings}. */
  public static final class Part implements SettingsPart {
    @Override
    public Record read(SettingsTree tree) {
      return RetrainSettings.read(tree.section("retrain"), tree.section("gate"));
    }
  }

  /** Reads the sections, in which nothing has to be set for other commands. */
  public static RetrainSettings read(Section retrain, Section gate) {
    return new RetrainSettings(
        retrain.optionalString("model"),
        retrain.optionalString("input"),
        retrain.integerOr("all", "window", 1),
        retrain.integerOr("none", "test-window", 1),
        retrain.choice("start", Start.class),
        PromotionRule.read(retrain),
        GateSettings.read(gate));
  }

  /**
   * Throws unless everything is set that {@code retrain} needs.
   *
   * @param intervals the levels of train.intervals
   * @throws UserException with all problems
   */
  public void requireComplete(DataSettings data, List<Double> intervals) {
    List<String> problems = new ArrayList<>();
    if (model.isEmpty()) {
      problems.add("retrain.model is not set; set it to the name of the model in the registry");
    }
    if (rule.floor().isEmpty()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "retrain.floor is not set; set it to the least good %s with which a first model may"
                  + " be promoted",
              rule.metric()));
    }
    if (rule.minCoverage().isPresent() && intervals.isEmpty()) {
      problems.add(
          "retrain.min-coverage is set, but models have no intervals; set train.intervals, such as"
              + " 0.9, or leave retrain.min-coverage out");
    }
    if (input.isPresent() && !data.contents().areFiles()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "retrain.input cannot be used with data.format = %s; leave retrain.input out, or"
                  + " choose idx, csv or parquet",
              data.format()));
    }
    DataContents contents = data.contents();
    if (!rule.maxDropBy().isEmpty()
        && contents != DataContents.TABLES
        && contents != DataContents.ROWS) {
      problems.add(
          String.format(
              Locale.ROOT,
              "retrain.max-drop-by reads columns of a table, but data.format = %s has none; leave it"
                  + " out, or choose csv, parquet or spark",
              data.format()));
    }
    if (testWindow.isPresent()) {
      testProblem(data)
          .ifPresent(
              problem ->
                  problems.add(
                      String.format(
                          Locale.ROOT,
                          "retrain.test-window = %d %s",
                          testWindow.getAsInt(),
                          problem)));
    }
    if (!problems.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", problems));
    }
  }

  private Optional<String> testProblem(DataSettings data) {
    if (input.isEmpty()) {
      return Optional.of(
          "takes the newest partitions of retrain.input, which is not set; set it, or leave"
              + " retrain.test-window out");
    }
    return data.testFraction() > 0 || data.test().isSet()
        ? Optional.of(
            "and data.test or data.test-fraction both choose the test examples; leave one out")
        : Optional.empty();
  }

  /** Returns the columns by whose values models are compared, too. */
  KeptColumns by() {
    return new KeptColumns("retrain.max-drop-by", List.copyOf(rule.maxDropBy().keySet()));
  }

  /** Returns the name of the model; only after {@link #requireComplete}. */
  public String modelName() {
    return model.orElseThrow();
  }
}
