package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the examples of both classes by the probability of class 1, in {@value #BINS} bins. */
@DefaultSerializer(JavaSerializer.class)
final class ScoreHistogram implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 20;

  private final long[][] counts = new long[2][BINS];

  void add(double probability, int cls) {
    int bin = (int) Math.max(0, Math.min(probability * BINS, BINS - 1.0));
    counts[cls][bin]++;
  }

  void merge(ScoreHistogram other) {
    for (int cls = 0; cls < counts.length; cls++) {
      for (int bin = 0; bin < BINS; bin++) {
        counts[cls][bin] += other.counts[cls][bin];
      }
    }
  }

  /** Returns a bar for each class and bin. */
  List<CurvePoint> bars() {
    List<CurvePoint> bars = new ArrayList<>();
    for (int cls = 0; cls < counts.length; cls++) {
      for (int bin = 0; bin < BINS; bin++) {
        Optional<String> label = Optional.of(Integer.toString(cls));
        bars.add(new CurvePoint(CurveKind.SCORES, bin / (double) BINS, counts[cls][bin], label));
      }
    }
    return bars;
  }
}
