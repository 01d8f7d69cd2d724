package io.meanfield.evaluate.threshold;

import io.meanfield.network.Threshold;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The setting train.threshold.
 *
 * @param fixed the threshold until one is chosen
 * @param objective by which the threshold is chosen after training; empty if {@code fixed} stays
 */
public record ThresholdSettings(Threshold fixed, Optional<Objective> objective) {
  private static final String KEY = "threshold";
  private static final String F1 = "f1";
  private static final String RECALL = "recall";
  private static final String PRECISION = "precision";
  private static final List<String> OBJECTIVES = List.of(RECALL, PRECISION);

  /** Reads the setting from the section {@code train}. */
  public static ThresholdSettings read(Section train) {
    if (train.isSection(KEY)) {
      return chosenFor(objective(train.section(KEY)));
    }
    OptionalDouble number =
        train.numberOr(
            F1,
            KEY,
            value -> (float) value > 0 && (float) value < 1,
            "a number above 0 and below 1, or f1, or an object with one of %s"
                .formatted(String.join(", ", OBJECTIVES)));
    return number.isPresent()
        ? new ThresholdSettings(threshold(number.getAsDouble()), Optional.empty())
        : chosenFor(new Objective.LargestF1());
  }

  private static ThresholdSettings chosenFor(Objective objective) {
    return new ThresholdSettings(Threshold.DEFAULT, Optional.of(objective));
  }

  private static Threshold threshold(double number) {
    return number == Threshold.DEFAULT.value() ? Threshold.DEFAULT : Threshold.of((float) number);
  }

  private static Objective objective(Section threshold) {
    List<String> named = OBJECTIVES.stream().filter(threshold.names()::contains).toList();
    if (named.size() != 1) {
      threshold.mismatch(
          "exactly one of " + String.join(", ", OBJECTIVES), String.join(", ", threshold.names()));
      return new Objective.LargestF1();
    }
    return named.get(0).equals(RECALL)
        ? new Objective.LeastRecall(share(threshold, RECALL))
        : new Objective.LeastPrecision(share(threshold, PRECISION));
  }

  private static double share(Section threshold, String key) {
    return threshold.number(key, share -> share > 0 && share <= 1, "above 0 and at most 1", 1);
  }
}
