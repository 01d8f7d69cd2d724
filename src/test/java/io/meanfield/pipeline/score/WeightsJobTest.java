package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Flatten;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.InitialWeights;
import io.meanfield.pipeline.train.ModelReference;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsJobTest {
  // The lesson's first network, after a layer without weights.
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(2),
          List.of(new Flatten(), new Dense(1, Activation.LINEAR)),
          Loss.MSE,
          new Optimizer.Sgd(0.01));
  private static final Model MODEL =
      Model.untrained(NETWORK, 1)
          .with(LearnerState.fresh(new float[] {0.49431458f, 0.37552658f, 0.32719323f}));

  @TempDir private Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.zip"))) {
      ModelFile.write(SavedModel.ofNumbers(MODEL), out);
    }
  }

  private WeightsJob job() {
    return new WeightsJob(
        new Configuration(),
        JobSettings.load(List.of(), List.of()),
        folder.resolve("model.zip").toString());
  }

  private static ModelCatalog catalog() {
    return ModelCatalog.of(new Configuration(), JobSettings.load(List.of(), List.of()));
  }

  private InitialWeights initialWeights(String file) {
    return InitialWeights.resolve(catalog(), folder.resolve(file).toString());
  }

  @Test
  void everyArrayIsPrintedRowByRowWithItsKerasNameAndShape() {
    assertThat(job().print())
        .containsExactly(
            "layer 1  dense = 1, activation = linear",
            "W1  kernel (2, 1)",
            "  0.49431458",
            "  0.37552658",
            "b1  bias (1,)",
            "  0.32719323");
  }

  @Test
  void trainingStartsFromExportedWeights() {
    Path file = folder.resolve("sub/weights.npz");
    assertThat(job().export(file.toString())).isEqualTo(file.toString());
    Model start = initialWeights("sub/weights.npz").startFor(Model.untrained(NETWORK, 2));
    assertThat(start.state().weights()).isEqualTo(MODEL.state().weights());
    assertThat(start.state().iteration()).isZero();
    assertThat(initialWeights("model.zip").startFor(Model.untrained(NETWORK, 2)).state().weights())
        .isEqualTo(MODEL.state().weights());
  }

  @Test
  void exportsOfTheSameWeightsAreIdentical() throws IOException {
    job().export(folder.resolve("one.npz").toString());
    job().export(folder.resolve("other.npz").toString());
    assertThat(folder.resolve("one.npz")).hasSameBinaryContentAs(folder.resolve("other.npz"));
    try (var left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("model.zip", "one.npz", "other.npz");
    }
  }

  @Test
  void npzFileIsRefusedAsAModel() {
    assertThatThrownBy(() -> ModelReference.resolve(catalog(), "weights.npz"))
        .hasMessage(
            "weights.npz holds weights without a network; expected the id of a run or the path of a"
                + " model.zip, which train --from weights.npz creates");
  }
}
