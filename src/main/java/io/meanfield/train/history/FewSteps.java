package io.meanfield.train.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The finding that the optimizer has made too few steps to learn much.
 *
 * @param steps the minibatches of the worker that has most of them, in all epochs
 */
public record FewSteps(int steps) implements TrainingFinding {
  private static final int ENOUGH = 20;

  /** Counts the steps of a training run; returns empty if they are enough. */
  public static Optional<FewSteps> of(List<RoundRow> rounds) {
    int steps =
        rounds.stream()
            .collect(groupingBy(RoundRow::worker, summingInt(row -> row.work().batches())))
            .values()
            .stream()
            .max(Integer::compare)
            .orElse(0);
    return steps < ENOUGH ? Optional.of(new FewSteps(steps)) : Optional.empty();
  }

  @Override
  public String message() {
    return String.format(
        Locale.ROOT,
        "the optimizer has made only %d step%s in all; lower train.batch-size or raise"
            + " train.epochs",
        steps,
        steps == 1 ? "" : "s");
  }
}
