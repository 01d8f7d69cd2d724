package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import io.meanfield.Mnist;
import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.network.Engine;
import io.meanfield.network.Model;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.train.checkpoint.CheckpointCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pre-trains two autoencoders on the first 2,000 digits, each for two epochs. */
class PretrainingIT {
  private static final JobSettings SETTINGS =
      JobSettings.load(
          List.of(),
          List.of(
              "network.input = [784]",
              "network.layers = [ { autoencoder = 32, activation = sigmoid },"
                  + " { autoencoder = 16, activation = sigmoid, corruption = 0.1 },"
                  + " { dense = 10, activation = softmax } ]",
              "network.optimizer.learning-rate = 0.01",
              "train { pretrain-epochs = 2, epochs = 2, sync-frequency = 5, workers = 3 }"));

  /** Records every epoch and ends training after a given one. */
  private static final class RecordingListener implements TrainingListener {
    private final int end;
    private final List<EpochResult> epochs = new ArrayList<>();

    RecordingListener(int end) {
      this.end = end;
    }

    @Override
    public void epochEnded(EpochResult epoch, TrainingState state) {
      epochs.add(epoch);
    }

    @Override
    public boolean wantsAnotherEpoch() {
      return epochs.isEmpty() || epochs.get(epochs.size() - 1).epoch() < end;
    }
  }

  private static TrainingState train(
      SparkSession spark, Engine engine, RecordingListener listener, Optional<TrainingState> from) {
    long seed = SETTINGS.seed();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Dataset digits = Mnist.first(2_000).open(ReadContext.of(context, 10));
    Split split = Split.of(digits.count(), 0.3, 3, seed);
    Sharding sharding = TestSharding.of(digits, split, 1);
    Model untrained = Model.untrained(SETTINGS.network(), seed).withEngine(engine);
    return new Trainer(SETTINGS.train(), seed, SETTINGS.network()::learningRate, List.of(listener))
        .train(
            untrained.network(),
            from.orElseGet(() -> TrainingState.initial(untrained.state())),
            new TrainingData(
                split,
                sharding.training(),
                sharding.validation(),
                ClassWeights.UNIFORM,
                new Placement.TaskForEachGroup()));
  }

  private static String bits(TrainingState state) {
    return DigestUtils.sha256Hex(CheckpointCodec.toBytes(state));
  }

  @ParameterizedTest
  @EnumSource
  void bitsDoNotDependOnCoresOrInterruptions(Engine engine) throws IOException {
    RecordingListener uninterrupted = new RecordingListener(6);
    String expected = bits(train(LocalSpark.session(), engine, uninterrupted, Optional.empty()));
    assertThat(uninterrupted.epochs)
        .extracting(EpochResult::pretrainedLayer)
        .containsExactly(
            Optional.of(0),
            Optional.of(0),
            Optional.of(1),
            Optional.of(1),
            Optional.empty(),
            Optional.empty());
    for (EpochResult epoch : uninterrupted.epochs) {
      boolean labels = epoch.pretrainedLayer().isEmpty();
      assertThat(epoch.trainAccuracy().isPresent()).isEqualTo(labels);
      assertThat(epoch.validationLoss().isPresent()).isEqualTo(labels);
      assertThat(epoch.examples()).isEqualTo(1_400);
    }
    for (int first : List.of(0, 2)) {
      assertThat(uninterrupted.epochs.get(first + 1).trainLoss())
          .isLessThan(uninterrupted.epochs.get(first).trainLoss());
    }
    for (int end : List.of(1, 3, 4)) {
      TrainingState stopped =
          train(LocalSpark.session(), engine, new RecordingListener(end), Optional.empty());
      assertThat(stopped.learner().epoch()).isEqualTo(end);
      assertThat(
              bits(
                  train(
                      LocalSpark.session(),
                      engine,
                      new RecordingListener(6),
                      Optional.of(stopped))))
          .isEqualTo(expected);
    }
    try (SparkSession one = LocalSpark.on("local[1]", Map.of())) {
      assertThat(bits(train(one, engine, new RecordingListener(6), Optional.empty())))
          .isEqualTo(expected);
    }
  }
}
