package io.meanfield.evaluate.interval;

import io.meanfield.evaluate.interval.Conformal.Scored;
import io.meanfield.network.ErrorScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How the size of errors follows the predictions. The rows of each fold are ordered by their
 * predictions and divided into the same number of groups; a group has the mean error of its rows in
 * all folds. The predictions of the mean of the networks are divided into as many groups. So a
 * network whose predictions are nearer to each other than those of the others, as those of the mean
 * are if the networks disagree, has the same size of errors for its largest predictions as they for
 * theirs. Where predictions tell little about the targets, as those of a network that has learned
 * hardly anything, the order of a network says nothing about that of another, and there is one
 * group. The groups are few for many rows, so that the quantile may be taken on the same rows.
 *
 * @param ofMean of the mean of the networks
 * @param ofFolds of the network of each fold
 */
record Scales(ErrorScale ofMean, List<ErrorScale> ofFolds) {
  private static final int MOST_GROUPS = 10;
  private static final int ROWS_PER_GROUP = 50;
  private static final double LEAST_SIZE = 0.05;
  private static final double LEAST_EXPLAINED = 0.2;

  static Scales of(List<List<Scored>> folds, List<Scored> ofMean) {
    List<List<Scored>> ascending = folds.stream().map(Scales::ascending).toList();
    double mean = Mean.of(ascending.stream().flatMap(List::stream).toList()).error();
    int rows = folds.stream().mapToInt(List::size).sum();
    int fewest = folds.stream().mapToInt(List::size).min().orElse(0);
    int most = Math.min(MOST_GROUPS, Math.min(rows / ROWS_PER_GROUP, fewest));
    int groups = explained(folds, ofMean) < LEAST_EXPLAINED ? 1 : Math.max(1, most);
    List<Double> sizes = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      int index = group;
      Mean found =
          Mean.of(ascending.stream().flatMap(fold -> group(fold, index, groups).stream()).toList());
      sizes.add(mean == 0 ? 1 : Math.max(found.error(), LEAST_SIZE * mean));
    }
    return new Scales(
        ofNetwork(ascending(ofMean), sizes),
        ascending.stream().map(fold -> ofNetwork(fold, sizes)).toList());
  }

  /** Returns about which share of the variance of the targets the predictions explain. */
  private static double explained(List<List<Scored>> folds, List<Scored> ofMean) {
    double center = Mean.of(ofMean).prediction();
    double variance =
        ofMean.stream().mapToDouble(row -> square(row.prediction() - center)).sum() / ofMean.size();
    double error =
        folds.stream()
            .flatMap(List::stream)
            .mapToDouble(row -> square(row.error()))
            .average()
            .orElse(0);
    return variance == 0 ? 0 : variance / (variance + error);
  }

  private static double square(double number) {
    return number * number;
  }

  private static List<Scored> ascending(List<Scored> rows) {
    return rows.stream()
        .sorted(Comparator.comparingDouble(Scored::prediction).thenComparingDouble(Scored::error))
        .toList();
  }

  private static List<Scored> group(List<Scored> ascending, int group, int groups) {
    int first = (int) ((long) ascending.size() * group / groups);
    int end = (int) ((long) ascending.size() * (group + 1) / groups);
    return ascending.subList(first, end);
  }

  private static ErrorScale ofNetwork(List<Scored> ascending, List<Double> sizes) {
    List<Double> at = new ArrayList<>();
    for (int group = 0; group < sizes.size(); group++) {
      List<Scored> rows = group(ascending, group, sizes.size());
      at.add(rows.isEmpty() ? 0 : Mean.of(rows).prediction());
    }
    return scale(at, sizes);
  }

  /** Returns a scale without points at which predictions do not increase. */
  private static ErrorScale scale(List<Double> at, List<Double> sizes) {
    List<Double> points = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    for (int i = 0; i < at.size(); i++) {
      if (points.isEmpty() || points.get(points.size() - 1) < at.get(i)) {
        points.add(at.get(i));
        kept.add(sizes.get(i));
      }
    }
    return new ErrorScale(points, kept);
  }

  /** The weighted means of rows. */
  private record Mean(double prediction, double error) {
    static Mean of(List<Scored> rows) {
      double weight = 0;
      double prediction = 0;
      double error = 0;
      for (Scored row : rows) {
        weight += row.weight();
        prediction += row.weight() * row.prediction();
        error += row.weight() * row.error();
      }
      return new Mean(prediction / weight, error / weight);
    }
  }
}
