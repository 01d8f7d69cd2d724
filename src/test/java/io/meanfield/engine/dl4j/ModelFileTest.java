package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.error.UserException;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Dense;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.factory.Nd4j;

/** Plain DL4J reads Meanfield's model files; other files give clear errors. */
class ModelFileTest {
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(4),
          List.of(new Dense(3, Activation.RELU), new Dense(2, Activation.SOFTMAX)),
          Loss.CATEGORICAL_CROSSENTROPY,
          new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("model.zip");
  }

  private Model read() {
    return ModelFile.read(new Configuration(), new org.apache.hadoop.fs.Path(file().toUri()))
        .model();
  }

  /** Returns a model after 42 minibatches and 3 epochs. */
  private static Model model() {
    Model untrained = Model.untrained(NETWORK, 5);
    float[] moments = new float[2 * untrained.state().weights().length];
    for (int i = 0; i < moments.length; i++) {
      moments[i] = i / 7f;
    }
    return untrained.with(new LearnerState(untrained.state().weights(), moments, 42, 3));
  }

  private void write(Model model) throws IOException {
    try (OutputStream out = Files.newOutputStream(file())) {
      ModelFile.write(SavedModel.ofNumbers(model), out);
    }
  }

  @Test
  void fileHoldsTheWholeModel() throws IOException {
    Model model = model();
    write(model);
    Model read = read();
    assertThat(read.network().inputs()).isEqualTo(4);
    assertThat(read.network().outputs()).isEqualTo(2);
    assertThat(read.network().loss()).isEqualTo(Loss.CATEGORICAL_CROSSENTROPY);
    assertThat(read.state().weights()).isEqualTo(model.state().weights());
    assertThat(read.state().optimizerState()).isEqualTo(model.state().optimizerState());
    assertThat(read.state().iteration()).isEqualTo(42);
    assertThat(read.state().epoch()).isEqualTo(3);
  }

  @Test
  void thresholdIsKeptAndPlainDl4jStillReadsTheFile() throws IOException {
    write(model());
    assertThat(read().threshold()).isEqualTo(Threshold.DEFAULT);
    write(model().with(Threshold.of(0.07f)));
    assertThat(read().threshold()).isEqualTo(Threshold.of(0.07f));
    MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(file().toFile(), true);
    assertThat(net.params().toFloatVector()).isEqualTo(model().state().weights());
  }

  @Test
  void plainDl4jRestoresWeightsOptimizerAndCounters() throws IOException {
    write(model());
    MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(file().toFile(), true);
    assertThat(net.params().toFloatVector()).isEqualTo(model().state().weights());
    assertThat(net.updaterState().toFloatVector()).isEqualTo(model().state().optimizerState());
    assertThat(net.getIterationCount()).isEqualTo(42);
    assertThat(net.getEpochCount()).isEqualTo(3);
  }

  @Test
  void plainDl4jRestoresEmbeddedColumnsAsAGraphAndTrainsItFurther() throws IOException {
    NetworkSettings network =
        new NetworkSettings(
            List.of(4),
            List.of(
                new ColumnEmbeddings(List.of(3, 2), List.of(5, 4)),
                new Dense(6, Activation.TANH),
                new BatchNormalization(0.9, 0.01),
                new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));
    Model untrained = Model.untrained(network, 5);
    Learner learner = TorchEngine.learner(network, Precision.FLOAT32, Device.CPU);
    learner.restore(untrained.state());
    float[] rows = {0.5f, -1, 4, 0, 0.25f, 2, 1, 3};
    Minibatch batch = new Minibatch(2, 4, 2);
    fitTwoExamples(learner, batch, rows);
    write(untrained.with(learner.state()));
    ComputationGraph net = ModelSerializer.restoreComputationGraph(file().toFile(), true);
    assertThat(net.params().toFloatVector()).isEqualTo(learner.state().weights());
    fitTwoExamples(learner, batch, rows);
    net.fit(
        new INDArray[] {
          Nd4j.create(new float[] {0.5f, -1, 0.25f, 2}, new int[] {2, 2}, 'c'),
          Nd4j.create(new float[] {4, 1}, new int[] {2, 1}),
          Nd4j.create(new float[] {0, 3}, new int[] {2, 1})
        },
        new INDArray[] {Nd4j.create(batch.targets(), new int[] {2, 2}, 'c')});
    assertThat(net.params().toFloatVector())
        .usingElementComparator(near(1e-5f))
        .containsExactly(learner.state().weights());
    assertThat(net.getIterationCount()).isEqualTo(2);
    assertThat(read().network().settings()).isEqualTo(network);
    assertThat(read().state().iteration()).isEqualTo(1);
  }

  private static Comparator<Float> near(float tolerance) {
    return (a, b) -> Math.abs(a - b) <= tolerance ? 0 : Float.compare(a, b);
  }

  private static void fitTwoExamples(Learner learner, Minibatch batch, float[] features) {
    batch.reset(2, 0);
    System.arraycopy(features, 0, batch.features(), 0, features.length);
    batch.label(0, 1);
    batch.label(1, 0);
    learner.fit(batch);
  }

  @Test
  void normalizerInAModelFileIsRejected() throws IOException {
    write(model());
    NormalizerMinMaxScaler normalizer = new NormalizerMinMaxScaler();
    normalizer.fit(new DataSet(Nd4j.rand(5, 4), Nd4j.rand(5, 2)));
    ModelSerializer.addNormalizerToModel(file().toFile(), normalizer);
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file()
                + " has an entry \"normalizer.bin\", expected only configuration.json,"
                + " coefficients.bin, updaterState.bin, meanfield.json; save the model without a"
                + " normalizer, preprocessor and other objects");
  }

  @Test
  void fileThatIsNotAZipIsRejected() throws IOException {
    Files.writeString(file(), "not a zip");
    assertThatThrownBy(this::read)
        .hasMessage(
            file()
                + " is not a model of Meanfield: expected a zip with meanfield.json and"
                + " coefficients.bin, found []; of a model that another program trained, write the"
                + " network in a job file and import the weights with train --from WEIGHTS.npz");
  }

  @Test
  void missingFileIsRejected() {
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "expected a model.zip at "
                + file()
                + ", found no file; check the path, and that its run has ended");
  }

  @Test
  void fileThatPlainDl4jWroteIsRefusedWithTheWayToImportIt() throws IOException {
    write(model());
    MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(file().toFile(), true);
    ModelSerializer.writeModel(net, file().toFile(), true);
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code().exitCode()).isEqualTo(2))
        .hasMessage(
            file()
                + " is not a model of Meanfield: expected a zip with meanfield.json and"
                + " coefficients.bin, found [configuration.json, coefficients.bin,"
                + " updaterState.bin]; of a model that another program trained, write the network"
                + " in a job file and import the weights with train --from WEIGHTS.npz");
  }

  @Test
  void equalModelsGiveEqualBytesWithoutTheClock() throws IOException {
    write(model());
    String configuration =
        new String(
            ZipContent.of(Files.readAllBytes(file())).get("configuration.json"),
            StandardCharsets.UTF_8);
    assertThat(configuration).contains("\"seed\" : 0").doesNotContainPattern("\"seed\" : [1-9]");
  }
}
