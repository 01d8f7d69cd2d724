package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/** Decides which states are left out of a round's average, although they are finite. */
public sealed interface OutlierRule extends Serializable {

  /**
   * Returns for each state whether it is an outlier.
   *
   * @param norms Euclidean norms of the changes of the weights in the round; NaN for a state that
   *     is not averaged anyway
   */
  boolean[] outliers(double[] norms);

  /** No state is an outlier. */
  @DefaultSerializer(JavaSerializer.class)
  record KeepAll() implements OutlierRule {
    @Override
    public boolean[] outliers(double[] norms) {
      return new boolean[norms.length];
    }
  }

  /**
   * Compares norms with those of earlier rounds (Cheng et al. 2024, EDiT, arXiv 2412.07210, anomaly
   * elimination): an outlier is more than three standard deviations above their mean. It is also
   * more than twice the mean, because one in several hundred norms of a sound training has such a
   * z-score. If more than half of the states exceed both, training itself has changed, as after a
   * change of the round's length, and none is an outlier. The first {@value #FIRST_ROUNDS} rounds
   * have none either.
   */
  @DefaultSerializer(JavaSerializer.class)
  record ZScore(NormStatistics statistics) implements OutlierRule {
    private static final int FIRST_ROUNDS = 10;
    private static final double LARGEST_Z_SCORE = 3;
    private static final double LARGEST_MULTIPLE = 2;

    @Override
    public boolean[] outliers(double[] norms) {
      boolean[] outliers = new boolean[norms.length];
      if (statistics.rounds() < FIRST_ROUNDS) {
        return outliers;
      }
      int averaged = 0;
      int found = 0;
      for (int i = 0; i < norms.length; i++) {
        averaged += Double.isNaN(norms[i]) ? 0 : 1;
        outliers[i] = isFar(norms[i]);
        found += outliers[i] ? 1 : 0;
      }
      return 2 * found > averaged ? new boolean[norms.length] : outliers;
    }

    private boolean isFar(double norm) {
      return statistics.zScore(norm) > LARGEST_Z_SCORE
          && norm > LARGEST_MULTIPLE * statistics.mean();
    }

    /** Returns the statistics after a round, without its outliers. */
    public NormStatistics after(double[] norms) {
      boolean[] outliers = outliers(norms);
      double[] kept = new double[norms.length];
      int count = 0;
      for (int i = 0; i < norms.length; i++) {
        if (!outliers[i] && !Double.isNaN(norms[i])) {
          kept[count] = norms[i];
          count++;
        }
      }
      return statistics.after(Arrays.copyOf(kept, count));
    }
  }
}
