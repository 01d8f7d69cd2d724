package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.batch.TaskThreads;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.TaskType;
import io.meanfield.sparkui.SparkJobs;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The loss and the accuracy of a network, which training computes after every epoch.
 *
 * @param weight sum of the weights of the examples, by which the mean loss is divided; the number
 *     of examples if they have none, and during training, where the mean weight is 1
 * @param lossSum sum of the losses of the examples, each multiplied by its weight
 * @param correct sum of the weights of the examples that are predicted correctly
 * @param scored sum of the weights of the examples whose predictions can be correct or wrong: all,
 *     or none in a regression
 * @param tempered sums of the losses at each of some temperatures; none without them
 */
@DefaultSerializer(JavaSerializer.class)
public record Score(
    long examples, double weight, double lossSum, double correct, double scored, double[] tempered)
    implements Serializable {
  /** The score of no examples. */
  public static final Score NONE = new Score(0, 0, 0, 0, 0);

  /** Creates a score at the temperature 1. */
  public Score(long examples, double weight, double lossSum, double correct, double scored) {
    this(examples, weight, lossSum, correct, scored, new double[0]);
  }

  /**
   * Scores a network on sharded examples. Sums run in the order of the shards and their chunks, so
   * their bits are fixed. The examples of a fold are scored by the member that has not seen them.
   */
  public static Score of(
      EngineNetwork network,
      LearnerState state,
      Temperatures temperatures,
      JavaRDD<ShardGroup> groups) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(groups.context());
    Broadcast<LearnerState> weights = spark.broadcast(state.withoutOptimizerState());
    try {
      return sum(
          SparkJobs.collect(
                  groups,
                  shards -> {
                    List<Score> scores = new ArrayList<>();
                    while (shards.hasNext()) {
                      scores.add(ofGroup(network, weights.value(), temperatures, shards.next()));
                    }
                    return scores;
                  })
              .stream()
              .flatMap(List::stream)
              .toList());
    } finally {
      weights.destroy();
    }
  }

  /** As {@link #of(EngineNetwork, LearnerState, Temperatures, JavaRDD)}, in this task. */
  public static Score of(
      EngineNetwork network,
      LearnerState state,
      Temperatures temperatures,
      List<ShardGroup> groups,
      int threads) {
    List<Score> scores = new ArrayList<>(Collections.nCopies(groups.size(), NONE));
    TaskThreads.run(
        threads,
        first -> {
          for (int i = first; i < groups.size(); i += threads) {
            scores.set(i, ofGroup(network, state, temperatures, groups.get(i)));
          }
        });
    return sum(scores);
  }

  private static Score sum(List<Score> groups) {
    return groups.stream().reduce(NONE, Score::plus);
  }

  private static Score ofGroup(
      EngineNetwork network, LearnerState state, Temperatures temperatures, ShardGroup group) {
    Model model = new Model(network, state);
    Model unseen = group.fold().map(fold -> model.member(fold.number())).orElse(model);
    Score sum = NONE;
    Iterator<Examples> chunks = group.chunks();
    while (chunks.hasNext()) {
      sum = sum.plus(of(unseen.network(), unseen.state(), temperatures, chunks.next()));
    }
    return sum;
  }

  /** Scores a network on examples, minibatch by minibatch, in this process. */
  public static Score of(EngineNetwork network, LearnerState state, Examples examples) {
    return of(network, state, Temperatures.ONE, examples);
  }

  private static Score of(
      EngineNetwork network, LearnerState state, Temperatures temperatures, Examples examples) {
    Sums sums = new Sums(network, temperatures, examples);
    ForwardPass.forEachMinibatch(network, state, examples, sums);
    return sums.score();
  }

  /** The sums of the examples whose outputs were received, in their order. */
  private static final class Sums implements ForwardPass.Receiver {
    private final EngineNetwork network;
    private final Examples examples;
    private final TaskType task;
    private final boolean hasTargets;
    private final Minibatch targets;
    private double weights;
    private double lossSum;
    private double correct;
    private final double[] factors;
    private final double[] tempered;

    Sums(EngineNetwork network, Temperatures temperatures, Examples examples) {
      this.network = network;
      this.examples = examples;
      this.task = BatchWriter.taskType(network, examples);
      this.factors = network.loss().givesProbabilities() ? temperatures.factors() : new double[0];
      this.tempered = new double[factors.length];
      this.hasTargets = examples.isLabelled();
      int capacity = hasTargets ? Math.min(ForwardPass.BATCH, examples.count()) : 0;
      this.targets = new Minibatch(capacity, 0, network.outputs(), task);
    }

    @Override
    public void accept(int first, int count, float[] outputs) {
      float[] expected = targets(first, count);
      int width = network.outputs();
      for (int row = 0; row < count; row++) {
        double weight = examples.weight(first + row);
        weights += weight;
        Temperatures.add(
            tempered, factors, weight, network.loss(), outputs, expected, row * width, width);
        lossSum += weight * network.loss().of(outputs, expected, row * width, width);
        if (task.hasAccuracy() && task.isCorrect(outputs, expected, row * width, width)) {
          correct += weight;
        }
      }
    }

    private float[] targets(int first, int count) {
      if (hasTargets) {
        targets.reset(count, 0);
        for (int row = 0; row < count; row++) {
          BatchWriter.targets(examples, first + row, network.targets(), targets, row);
        }
      }
      return targets.targets();
    }

    Score score() {
      return new Score(
          examples.count(), weights, lossSum, correct, task.hasAccuracy() ? weights : 0, tempered);
    }
  }

  /** Returns the score of both sets of examples together. */
  public Score plus(Score other) {
    return new Score(
        examples + other.examples,
        weight + other.weight,
        lossSum + other.lossSum,
        correct + other.correct,
        scored + other.scored,
        tempered(other));
  }

  private double[] tempered(Score other) {
    if (tempered.length == 0 || other.tempered.length == 0) { // of no examples
      return tempered.length == 0 ? other.tempered : tempered;
    }
    double[] sums = tempered.clone();
    Arrays.setAll(sums, i -> sums[i] + other.tempered[i]);
    return sums;
  }

  /**
   * Returns the weighted mean loss, at the best of the temperatures if there are any; NaN if there
   * are no examples.
   */
  public double loss() {
    return (tempered.length == 0 ? lossSum : tempered[best()]) / weight;
  }

  /**
   * Returns the temperature with the smallest loss; 1 if none were tried.
   *
   * @param tried those of the sums
   */
  public double temperature(Temperatures tried) {
    return tempered.length == 0 ? 1 : tried.at(best());
  }

  private int best() {
    int best = 0;
    for (int i = 1; i < tempered.length; i++) {
      best = tempered[i] < tempered[best] ? i : best;
    }
    return best;
  }

  /** Returns the weighted share of examples predicted correctly; empty in a regression. */
  public Optional<Double> accuracy() {
    return scored == 0 ? Optional.empty() : Optional.of(correct / scored);
  }
}
