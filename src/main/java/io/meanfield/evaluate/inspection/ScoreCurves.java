package io.meanfield.evaluate.inspection;

import io.meanfield.evaluate.threshold.ScoreCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ROC curve and the precision-recall curve of class 1 (Davis and Goadrich 2006, "The
 * Relationship Between Precision-Recall and ROC Curves"). Points closer together than {@value
 * #STEP} are left out.
 */
final class ScoreCurves {
  private static final double STEP = 0.005;

  private ScoreCurves() {}

  /** Returns the points of both curves; none unless both classes occur. */
  static List<CurvePoint> of(List<ScoreCount> descending) {
    double positives = descending.stream().mapToDouble(ScoreCount::positives).sum();
    double negatives = descending.stream().mapToDouble(ScoreCount::negatives).sum();
    if (positives == 0 || negatives == 0) {
      return List.of();
    }
    List<CurvePoint> roc = new ArrayList<>();
    List<CurvePoint> precisionRecall = new ArrayList<>();
    roc.add(new CurvePoint(CurvePoint.Kind.ROC, 0, 0, Optional.empty()));
    double truePositives = 0;
    double falsePositives = 0;
    for (ScoreCount bin : descending) {
      truePositives += bin.positives();
      falsePositives += bin.negatives();
      Optional<String> threshold = Optional.of(text(bin.score()));
      double recall = Math.min(1, truePositives / positives);
      double fallOut = Math.min(1, falsePositives / negatives);
      double precision = truePositives / (truePositives + falsePositives);
      roc.add(new CurvePoint(CurvePoint.Kind.ROC, fallOut, recall, threshold));
      precisionRecall.add(new CurvePoint(CurvePoint.Kind.PR, recall, precision, threshold));
    }
    List<CurvePoint> both = new ArrayList<>(thinned(roc));
    both.addAll(thinned(precisionRecall));
    return both;
  }

  private static String text(float threshold) {
    return String.format(Locale.ROOT, "%.4g", threshold);
  }

  /** Returns the first and the last point, and those in between that are far enough apart. */
  static List<CurvePoint> thinned(List<CurvePoint> points) {
    List<CurvePoint> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      boolean isEnd = i == 0 || i == points.size() - 1;
      if (isEnd || isFar(points.get(i), kept.get(kept.size() - 1))) {
        kept.add(points.get(i));
      }
    }
    return kept;
  }

  private static boolean isFar(CurvePoint point, CurvePoint last) {
    return Math.abs(point.x() - last.x()) >= STEP || Math.abs(point.y() - last.y()) >= STEP;
  }
}
