package io.meanfield.pretrain;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.TrainingData;
import io.meanfield.train.averaging.AveragingRound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/**
 * Trains all layers of a network but the last, one after the other, without labels: greedy
 * layer-wise pre-training (Hinton, Osindero and Teh 2006). The workers' weights are averaged after
 * each epoch. The result is a function of the shards, the settings and the seed. Driver only.
 */
public final class Pretraining {
  // Examples that score a layer after each epoch: enough for three digits.
  private static final int SCORED = 10_000;

  private final PretrainSettings settings;
  private final TrainSettings train;
  private final long seed;
  private final TrainingData data;
  private final List<PretrainRow> rows = new ArrayList<>();

  /**
   * Creates a pre-training.
   *
   * @param train the number of workers and the size of minibatches
   * @param seed of the order of the examples and of all samples
   */
  public Pretraining(PretrainSettings settings, TrainSettings train, long seed, TrainingData data) {
    this.settings = settings;
    this.train = train;
    this.seed = seed;
    this.data = data;
  }

  /**
   * Returns the weights of a network after pre-training; without pre-training {@code start} itself.
   *
   * @throws UserException if an input is not from 0 to 1, or if the weights diverge
   */
  public LearnerState run(NetworkSettings network, LearnerState start) {
    if (!settings.isOn()) {
      return start;
    }
    ParameterLayout layout = ParameterLayout.of(network);
    float[] weights = start.weights().clone();
    List<Integer> sizes = new ArrayList<>(List.of(network.inputs()));
    List<float[]> lower = new ArrayList<>();
    for (int number = 0; number < network.layers().size() - 1; number++) {
      List<Parameter> arrays = layout.of(number);
      sizes.add(arrays.get(0).shape().get(1));
      LayerTraining layer = layer(List.copyOf(sizes), List.copyOf(lower));
      float[] trained = train(layer, number, TiedLayer.of(arrays, weights));
      new TiedLayer(sizes.get(number), sizes.get(number + 1), trained).copyTo(arrays, weights);
      lower.add(trained);
    }
    return LearnerState.fresh(weights);
  }

  private LayerTraining layer(List<Integer> sizes, List<float[]> lower) {
    int threads = Math.max(1, data.placement().threads());
    return new LayerTraining(
        settings,
        sizes,
        lower,
        train.batchSize(),
        data.minibatches(train.batchSize()),
        threads,
        seed);
  }

  private float[] train(LayerTraining layer, int number, float[] start) {
    LearnerState state = LearnerState.fresh(start);
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      LearnerState before = state;
      int current = epoch;
      state =
          named(
              "pre-training of layer %s, epoch %s".formatted(number, epoch + 1),
              () -> average(layer, current, before));
      float[] weights = state.weights();
      rows.add(
          named(
              "scores of layer " + number,
              () ->
                  new PretrainRow(
                      settings.method(),
                      number,
                      current + 1,
                      score(layer, data.training(), weights).orElseThrow(),
                      score(layer, data.validation(), weights))));
    }
    return state.weights();
  }

  private LearnerState average(LayerTraining layer, int epoch, LearnerState before) {
    return AveragingRound.run(
            data.training(), before, List.of(), (group, from) -> layer.epoch(epoch, group, from))
        .mean()
        .filter(LearnerState::isFinite)
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.DIVERGED,
                    "pre-training diverged in epoch %s of a layer; check the inputs, or set"
                        + " pretrain.method = none",
                    epoch + 1));
  }

  private Optional<LayerScore> score(
      LayerTraining layer, JavaRDD<ShardGroup> groups, float[] weights) {
    int limit = Math.max(1, SCORED / train.workers());
    return groups.map(group -> layer.score(group, weights, limit)).collect().stream()
        .reduce(LayerScore::plus)
        .filter(sum -> sum.examples() > 0)
        .map(LayerScore::mean);
  }

  private <T> T named(String job, Supplier<T> work) {
    return SparkJobs.named(data.training().context(), job, work);
  }

  /** Writes the table {@code pretraining} if layers were trained. */
  public void write(RunDirectory run) {
    if (!rows.isEmpty()) {
      PretrainRow.TABLE.write(run, rows);
    }
  }
}
