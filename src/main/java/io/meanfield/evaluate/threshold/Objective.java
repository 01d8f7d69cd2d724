package io.meanfield.evaluate.threshold;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the threshold of a model is chosen for. */
public sealed interface Objective extends Serializable {
  /**
   * Returns the order of cuts, the best one last. Of cuts that are equally good, the one with the
   * largest threshold is the best, so no two cuts of the same examples are equal.
   */
  Comparator<Cut> order();

  /** Returns whether a cut has what the objective demands. */
  default boolean isReachedBy(Cut cut) {
    return true;
  }

  /** Returns the objective for people, to follow "the threshold with". */
  String display();

  /**
   * Returns the best cut at one of the scores, or above all of them, from where no example is
   * predicted to have class 1; empty unless both classes occur.
   *
   * @param descending the scores, each once, from the largest to the smallest
   * @param above a threshold above the largest score
   */
  default Optional<Cut> best(List<ScoreCount> descending, float above) {
    ScoreCount all = descending.stream().reduce(new ScoreCount(0, 0, 0), ScoreCount::plus);
    if (all.positives() == 0 || all.negatives() == 0) {
      return Optional.empty();
    }
    Cut best = new Cut(above, 0, 0, all.positives());
    ScoreCount sum = new ScoreCount(above, 0, 0);
    for (ScoreCount next : descending) {
      sum = sum.plus(next);
      Cut cut = new Cut(next.score(), sum.positives(), sum.negatives(), all.positives());
      best = order().compare(best, cut) >= 0 ? best : cut;
    }
    return Optional.of(best);
  }

  private static Comparator<Cut> largestThresholdLast(Comparator<Cut> order) {
    return order.thenComparingDouble(Cut::threshold);
  }

  /** The largest F1. */
  @DefaultSerializer(JavaSerializer.class)
  record LargestF1() implements Objective {
    @Override
    public Comparator<Cut> order() {
      return largestThresholdLast(Comparator.comparingDouble(Cut::f1));
    }

    @Override
    public String display() {
      return "the largest F1";
    }
  }

  /** The largest precision among the cuts with at least this recall; there is always one. */
  @DefaultSerializer(JavaSerializer.class)
  record LeastRecall(double recall) implements Objective {
    @Override
    public Comparator<Cut> order() {
      return largestThresholdLast(
          Comparator.comparing(this::isReachedBy)
              .thenComparingDouble(Cut::precision)
              .thenComparingDouble(Cut::recall));
    }

    @Override
    public boolean isReachedBy(Cut cut) {
      return cut.recall() >= recall;
    }

    @Override
    public String display() {
      return "the largest precision at a recall of at least " + recall;
    }
  }

  /**
   * The largest recall among the cuts with at least this precision; the largest precision if none
   * has it.
   */
  @DefaultSerializer(JavaSerializer.class)
  record LeastPrecision(double precision) implements Objective {
    @Override
    public Comparator<Cut> order() {
      return largestThresholdLast(
          Comparator.comparing(this::isReachedBy)
              .thenComparingDouble(cut -> isReachedBy(cut) ? cut.recall() : cut.precision())
              .thenComparingDouble(Cut::precision));
    }

    @Override
    public boolean isReachedBy(Cut cut) {
      return cut.precision() >= precision;
    }

    @Override
    public String display() {
      return "the largest recall at a precision of at least " + precision;
    }
  }
}
