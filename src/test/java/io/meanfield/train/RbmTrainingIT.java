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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Trains two restricted Boltzmann machines on the first 2,000 digits, with persistent chains. */
class RbmTrainingIT {
  private static final JobSettings SETTINGS =
      JobSettings.load(
          List.of(),
          List.of(
              "network.input = [784]",
              "network.layers = [ { rbm = 32 }, { rbm = 8, algorithm = pcd, steps = 2 } ]",
              "network.loss = contrastive_divergence",
              "network.optimizer.learning-rate = 0.01",
              "train { pretrain-epochs = 2, epochs = 2, sync-frequency = 5, workers = 3 }"));

  private static TrainingState train(
      SparkSession spark, List<EpochResult> epochs, int end, Optional<TrainingState> from) {
    long seed = SETTINGS.seed();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Dataset digits = Mnist.first(2_000).open(ReadContext.of(context, 10));
    Split split = Split.of(digits.count(), 0.3, 3, seed);
    Sharding sharding = TestSharding.of(digits, split, 1);
    Model untrained = Model.untrained(SETTINGS.network(), seed).withEngine(Engine.TORCH);
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochResult epoch, TrainingState state) {
            epochs.add(epoch);
          }

          @Override
          public boolean wantsAnotherEpoch() {
            return epochs.isEmpty() || epochs.get(epochs.size() - 1).epoch() < end;
          }
        };
    return new Trainer(SETTINGS.train(), seed, SETTINGS.network()::learningRate, List.of(recorder))
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

  @Test
  void bitsDoNotDependOnCoresOrInterruptions() throws Exception {
    SparkSession session = LocalSpark.session();
    List<EpochResult> uninterrupted = new ArrayList<>();
    String expected = bits(train(session, uninterrupted, 4, Optional.empty()));
    for (int end : List.of(1, 3)) {
      TrainingState stopped = train(session, new ArrayList<>(), end, Optional.empty());
      List<EpochResult> rest = new ArrayList<>();
      assertThat(bits(train(session, rest, 4, Optional.of(stopped)))).isEqualTo(expected);
      assertThat(rest)
          .extracting(EpochResult::energy)
          .isEqualTo(uninterrupted.subList(end, 4).stream().map(EpochResult::energy).toList());
    }
    try (SparkSession one = LocalSpark.on("local[1]", Map.of())) {
      List<EpochResult> onOneCore = new ArrayList<>();
      assertThat(bits(train(one, onOneCore, 4, Optional.empty()))).isEqualTo(expected);
      assertThat(onOneCore)
          .extracting(EpochResult::energy)
          .isEqualTo(uninterrupted.stream().map(EpochResult::energy).toList());
    }
    assertEpochs(uninterrupted);
  }

  // The last machine is the network: its epochs have a validation loss, so they can be compared.
  private static void assertEpochs(List<EpochResult> epochs) {
    assertThat(epochs)
        .extracting(EpochResult::pretrainedLayer)
        .containsExactly(Optional.of(0), Optional.of(0), Optional.empty(), Optional.empty());
    for (EpochResult epoch : epochs) {
      EnergyScores energy = epoch.energy();
      assertThat(energy.freeEnergy()).isPresent();
      assertThat(energy.validationFreeEnergy()).isPresent();
      assertThat(energy.pseudoLikelihood().orElseThrow()).isNegative();
      assertThat(epoch.trainAccuracy()).isEmpty();
      assertThat(epoch.validationLoss())
          .isEqualTo(
              epoch.pretrainedLayer().isPresent()
                  ? Optional.empty()
                  : energy.validationReconstructionError());
    }
    for (int first : List.of(0, 2)) {
      EnergyScores before = epochs.get(first).energy();
      EnergyScores after = epochs.get(first + 1).energy();
      assertThat(after.validationPseudoLikelihood().orElseThrow())
          .isGreaterThan(before.validationPseudoLikelihood().orElseThrow());
      assertThat(after.reconstructionError().orElseThrow())
          .isLessThan(before.reconstructionError().orElseThrow());
    }
  }
}
