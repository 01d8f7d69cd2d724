package io.meanfield.evaluate.interval;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.ErrorScale;
import io.meanfield.network.Intervals;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds intervals and sets by the errors of predictions for rows that their network has not seen,
 * so that a new row like them is covered with the probability of the level (split conformal
 * prediction, Lei et al. 2018; with folds its cross-validated form, Barber et al. 2021, "Predictive
 * inference with the jackknife+").
 */
public final class Conformal {
  private static final double ROUNDING = 1e-9;

  private Conformal() {}

  /** A row with a weight above 0: its prediction and the size of its error. */
  public record Scored(double prediction, double error, double weight) {}

  /**
   * Throws if an interval of a level would have no end, because there are too few rows.
   *
   * @param count the number of rows that the network has not seen
   */
  public static void requireRows(double level, long count) {
    long fewest = (long) Math.ceil(level / (1 - level) - ROUNDING);
    if (count < fewest) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "train.intervals = %s needs at least %s examples with a weight above 0 that the network"
              + " does not learn from, found %s; choose a smaller level, set train.folds, or raise"
              + " data.validation-fraction",
          level,
          fewest,
          count);
    }
  }

  /**
   * Returns intervals around numbers.
   *
   * @param outputs for each output the rows of each network that has not seen them: of each fold,
   *     or one list of validation rows
   * @param means for each output the rows as the mean of the networks predicts them
   */
  public static Intervals ofNumbers(
      List<Double> levels, List<List<List<Scored>>> outputs, List<List<Scored>> means) {
    List<Scales> scales =
        IntStream.range(0, outputs.size())
            .mapToObj(output -> Scales.of(outputs.get(output), means.get(output)))
            .toList();
    List<List<Scored>> scores =
        IntStream.range(0, outputs.size())
            .mapToObj(output -> scores(outputs.get(output), scales.get(output)))
            .toList();
    return new Intervals(
        levels.stream()
            .map(
                level ->
                    new Intervals.Level(
                        level, scores.stream().map(rows -> quantile(rows, level)).toList()))
            .toList(),
        scales.stream().map(Scales::ofMean).toList());
  }

  /**
   * Returns sets of classes.
   *
   * @param rows whose error is 1 minus the score of their class
   */
  public static Intervals ofClasses(List<Double> levels, List<Scored> rows) {
    List<Scored> sorted = sorted(rows);
    return new Intervals(
        levels.stream()
            .map(level -> new Intervals.Level(level, List.of(quantile(sorted, level))))
            .toList(),
        List.of());
  }

  private static List<Scored> scores(List<List<Scored>> folds, Scales scales) {
    return sorted(
        IntStream.range(0, folds.size())
            .boxed()
            .flatMap(fold -> scores(folds.get(fold), scales.ofFolds().get(fold)))
            .toList());
  }

  private static Stream<Scored> scores(List<Scored> rows, ErrorScale scale) {
    return rows.stream()
        .map(
            row ->
                new Scored(
                    row.prediction(), row.error() / scale.of(row.prediction()), row.weight()));
  }

  private static List<Scored> sorted(List<Scored> rows) {
    return rows.stream().sorted(Comparator.comparingDouble(Scored::error)).toList();
  }

  /**
   * Returns the smallest error that is at least as large as those of {@code ceil((n + 1) level)} of
   * the n rows.
   *
   * @param rows with ascending errors
   */
  private static double quantile(List<Scored> rows, double level) {
    int count = rows.size();
    double rank = Math.ceil((count + 1) * level - ROUNDING);
    requireRows(level, count);
    double all = 0;
    for (Scored row : rows) {
      all += row.weight();
    }
    double least = rank / count * all * (1 - ROUNDING);
    double sum = 0;
    for (Scored row : rows) {
      sum += row.weight();
      if (sum >= least) {
        return row.error();
      }
    }
    return rows.get(count - 1).error();
  }
}
