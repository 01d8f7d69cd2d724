package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.meanfield.engine.Learners;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.network.LearningRateSchedule;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Embedding;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.Lstm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Meanfield and plain DL4J read each other's model files; other files give clear errors. */
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
    return ModelFile.read(new Configuration(), new org.apache.hadoop.fs.Path(file().toUri()));
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
      ModelFile.write(model, out);
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
  void plainDl4jRestoresAnEmbeddingAndTrainsItFurther() throws IOException {
    NetworkSettings network =
        new NetworkSettings(
            List.of(3),
            List.of(new Embedding(4, 5), new Lstm(2, false, 0), new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));
    Model untrained = Model.untrained(network, 5);
    Learner learner = Dl4jEngine.learner(network);
    learner.restore(untrained.state());
    float[] indices = {0, 4, 4, 2, 1, 0};
    Minibatch batch = new Minibatch(2, 3, 2);
    fitTwoExamples(learner, batch, indices);
    write(untrained.with(learner.state()));
    MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(file().toFile(), true);
    fitTwoExamples(learner, batch, indices);
    net.fit(
        Nd4j.create(indices, new int[] {2, 3}, 'c'),
        Nd4j.create(batch.targets(), new int[] {2, 2}, 'c'));
    assertThat(net.params().toFloatVector()).isEqualTo(learner.state().weights());
    assertThat(read().network().settings()).isEqualTo(network);
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
    Learner learner = TorchEngine.learner(network, Device.CPU);
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
  void scheduleContinuesAfterReadingAndPlainDl4jReadsTheBaseRate() throws IOException {
    NetworkSettings network =
        new NetworkSettings(
            NETWORK.input(),
            NETWORK.layers(),
            NETWORK.loss(),
            NETWORK.optimizer(),
            new LearningRateSchedule.WarmUp(4, new LearningRateSchedule.Cosine(6, 0)));
    Model untrained = Model.untrained(network, 5);
    Learner learner = Dl4jEngine.learner(network);
    learner.restore(untrained.state());
    fit(learner, 3);
    write(untrained.with(learner.state()));
    MultiLayerNetwork plain = ModelSerializer.restoreMultiLayerNetwork(file().toFile(), true);
    assertThat(plain.getLearningRate(0)).isEqualTo(0.001);
    assertThat(plain.getLayerWiseConfigurations().toJson()).doesNotContain("meanfield");
    Learner resumed = Dl4jEngine.learner(network);
    resumed.restore(read().state());
    fit(learner, 4);
    fit(resumed, 4);
    assertThat(resumed.state().weights()).isEqualTo(learner.state().weights());
    assertThat(resumed.state().optimizerState()).isEqualTo(learner.state().optimizerState());
  }

  private static void fit(Learner learner, int steps) {
    Minibatch batch = new Minibatch(2, 4, 2);
    for (int step = 0; step < steps; step++) {
      batch.reset(2, 0);
      Arrays.fill(batch.features(), 0.1f * step);
      batch.label(0, 1);
      batch.label(1, 1);
      learner.fit(batch);
    }
  }

  @ParameterizedTest
  @EnumSource
  void networkWithTheStateOfTheFilePredictsTheSameBits(Engine engine) throws IOException {
    Model trained = trained(engine);
    float[] outputs = outputs(trained, engine);
    write(trained);
    Model fresh = Model.untrained(NETWORK, 99);
    assertThat(outputs(fresh, engine)).isNotEqualTo(outputs);
    assertThat(outputs(fresh.with(read().state()), engine)).isEqualTo(outputs);
  }

  private static Model trained(Engine engine) {
    Model untrained = Model.untrained(NETWORK, 5).withEngine(engine);
    return Learners.withLearner(
        untrained.network(),
        Device.CPU,
        learner -> {
          learner.restore(untrained.state());
          fit(learner, 20);
          return untrained.with(learner.state());
        });
  }

  private static float[] outputs(Model model, Engine engine) {
    Minibatch batch = new Minibatch(3, 4, 2);
    batch.reset(3, 0);
    for (int i = 0; i < 3 * 4; i++) {
      batch.features()[i] = i / 11f;
    }
    float[] outputs = new float[3 * 2];
    return Learners.withLearner(
        model.withEngine(engine).network(),
        Device.CPU,
        learner -> {
          learner.restore(model.state());
          learner.predict(batch, outputs);
          return outputs;
        });
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
                + " is not a model: expected a zip with configuration.json and coefficients.bin,"
                + " found []");
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
  void directoryIsNoMissingFile() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file().toUri());
    Files.createDirectory(file());
    assertThatThrownBy(() -> ModelFile.read(new Configuration(), path))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNREADABLE))
        .hasMessage(
            "cannot read the model "
                + file()
                + ": expected a file, found a directory; check the path");
  }

  private void writeDl4j(MultiLayerNetwork net) throws IOException {
    net.init();
    ModelSerializer.writeModel(net, file().toFile(), true);
  }

  @Test
  void modelInDoublePrecisionIsRejected() throws IOException {
    MultiLayerNetwork net = new MultiLayerNetwork(Dl4jNetwork.configuration(NETWORK));
    net.init();
    writeDl4j(net.convertDataType(DataType.DOUBLE));
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file()
                + ", configuration.json: expected FLOAT as dataType, found \"DOUBLE\"; convert the"
                + " network with DL4J's convertDataType and save it again");
  }

  private static DenseLayer dense(IActivation activation) {
    return new DenseLayer.Builder().nIn(2).nOut(2).activation(activation).build();
  }

  private static OutputLayer output(ILossFunction loss) {
    return new OutputLayer.Builder(loss).nIn(2).nOut(2).activation(new ActivationSoftmax()).build();
  }

  private static NeuralNetConfiguration.Builder builder(IUpdater updater) {
    return new NeuralNetConfiguration.Builder().updater(updater);
  }

  static Stream<Arguments> unsupportedNetworks() {
    String activations =
        "the activation relu, leaky_relu (slope 0.2), elu (alpha 1), sigmoid, tanh, softmax or"
            + " linear, found ";
    return Stream.of(
        arguments(
            builder(new Sgd(0.1))
                .list(new LSTM.Builder().nIn(2).nOut(2).build(), output(new LossMCXENT())),
            "DenseLayer, and OutputLayer as the last layer, found LSTM as layer 0"),
        arguments(
            builder(new Sgd(0.1)).list(dense(new ActivationCube()), output(new LossMCXENT())),
            activations + "ActivationCube in layer 0"),
        arguments(
            builder(new Sgd(0.1)).list(dense(new ActivationLReLU(0.01)), output(new LossMCXENT())),
            activations + "ActivationLReLU with alpha 0.01 in layer 0"),
        arguments(
            builder(new Sgd(0.1)).list(dense(new ActivationELU(2)), output(new LossMCXENT())),
            activations + "ActivationELU with alpha 2.0 in layer 0"),
        arguments(
            builder(new Sgd(0.1)).list(dense(new ActivationTanH()), output(new LossHinge())),
            "the loss LossMCXENT, LossBinaryXENT, LossMSE or LossMAE, found LossHinge"),
        arguments(
            builder(new AdaGrad(0.1)).list(dense(new ActivationTanH()), output(new LossMCXENT())),
            "the updater Sgd, Nesterovs, RmsProp or Adam, found AdaGrad"),
        arguments(
            builder(new Sgd(0.1))
                .list(dense(new ActivationReLU(6.0, null, null)), output(new LossMCXENT())),
            activations + "ActivationReLU with confs[0].layer.activationFn.max 6.0 in layer 0"),
        arguments(
            builder(new Sgd(0.1))
                .list(dense(new ActivationReLU(null, 0.5, null)), output(new LossMCXENT())),
            activations
                + "ActivationReLU with confs[0].layer.activationFn.threshold 0.5 in layer 0"),
        arguments(
            builder(new Sgd(0.1))
                .list(dense(new ActivationReLU(null, null, 0.1)), output(new LossMCXENT())),
            activations
                + "ActivationReLU with confs[0].layer.activationFn.negativeSlope 0.1 in layer 0"),
        arguments(
            builder(new Sgd(0.1)).list(dense(new ActivationReLU6()), output(new LossMCXENT())),
            activations + "ActivationReLU6 in layer 0"),
        arguments(
            builder(new Sgd(0.1))
                .list(
                    new DenseLayer.Builder().nIn(2).nOut(2).hasLayerNorm(true).build(),
                    output(new LossMCXENT())),
            "hasLayerNorm false, found true in layer 0"),
        arguments(
            builder(new Sgd(0.1))
                .list(
                    new DenseLayer.Builder().nIn(2).nOut(2).hasBias(false).build(),
                    output(new LossMCXENT())),
            "hasBias true, found false in layer 0"),
        arguments(
            builder(new Sgd(0.1))
                .list(
                    new DenseLayer.Builder().nIn(2).nOut(2).updater(new Sgd(0.2)).build(),
                    output(new LossMCXENT())),
            "the same updater in all layers, found several"),
        arguments(
            builder(new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.5, 10)))
                .list(dense(new ActivationTanH()), output(new LossMCXENT())),
            "an updater without a schedule, found Sgd with one"));
  }

  @ParameterizedTest
  @MethodSource("unsupportedNetworks")
  void unsupportedPartOfADl4jNetworkIsNamed(
      NeuralNetConfiguration.ListBuilder network, String expectedAndFound) throws IOException {
    writeDl4j(new MultiLayerNetwork(network.build()));
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file()
                + " is a DL4J network that Meanfield cannot read: expected "
                + expectedAndFound
                + "; write the network in a job file and import its weights with train --from"
                + " WEIGHTS.npz");
  }

  @Test
  void orderOfTheEntriesIsFree() throws IOException {
    write(model());
    Map<String, byte[]> entries = ZipContent.of(Files.readAllBytes(file()));
    Map<String, byte[]> reversed = new TreeMap<>(Comparator.reverseOrder());
    reversed.putAll(entries);
    assertThat(reversed.keySet()).startsWith("updaterState.bin");
    Files.write(file(), ZipContent.file(reversed));
    assertThat(read().state().weights()).isEqualTo(model().state().weights());
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "nout" : 3|"nout" : 3.5|: expected a whole number from 1 to 2147483647 as confs[0].layer.nout, found 3.5; save the model again with DL4J's ModelSerializer
          "nout" : 3|"nout" : true|: expected a whole number from 1 to 2147483647 as confs[0].layer.nout, found true; save the model again with DL4J's ModelSerializer
          "nin" : 4,|"nin" : 4, "nin" : 4,|` is damaged: expected each key once, found "nin" twice (line`
          "epochCount" : 3|"epochCount" : -1|: expected a whole number from 0 to 2147483647 as epochCount, found -1.0
          "layerName" : "layer0"|"layerName" : layer0|` is damaged: expected JSON, found something else (line`
          "learningRate" : 0.001|"learningRate" : "NaN"|: expected a finite number as confs[0].layer.iupdater.learningRate, found "NaN"
          "learningRate" : 0.001|"learningRate" : "org.nd4j.linalg.learning.config.Adam"|: expected a finite number as confs[0].layer.iupdater.learningRate, found "Adam"
          """)
  void damagedConfigurationOfDl4jIsRefused(String found, String damaged, String message)
      throws IOException {
    assertThatThrownBy(() -> readForeign(found, damaged))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code().exitCode()).isEqualTo(1))
        .hasMessageStartingWith(file() + ", configuration.json" + message)
        .hasMessageNotContaining("jackson");
  }

  @Test
  void sizeAndDepthOfADl4jConfigurationAreBounded() {
    String name = "\"layerName\" : ";
    assertThatThrownBy(
            () -> readForeign(name + "\"layer0\"", name + "[".repeat(100) + "]".repeat(100)))
        .hasMessageStartingWith(
            file() + ", configuration.json is damaged: expected at most 100 nested objects and");
    assertThatThrownBy(
            () -> readForeign(name + "\"layer0\"", name + "[" + "0,".repeat(200_000) + "0]"))
        .hasMessageStartingWith(
            file() + ", configuration.json is damaged: expected at most 200000 values, found more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "hasBias" : true|"hasBias" : true, "scale" : 2|no field that Meanfield does not know, found confs[0].layer.scale 2.0
          "hasBias" : true|"hasBias" : true, "a.b.C" : "java.lang.Runtime"|no field that Meanfield does not know, found confs[0].layer.C "Runtime"
          org.deeplearning4j.nn.conf.layers.DenseLayer|java.lang.Runtime|DenseLayer, and OutputLayer as the last layer, found "class Runtime" as layer 0
          "inputPreProcessors" : { }|"inputPreProcessors" : { "0" : { } }|no inputPreProcessors, found some
          "nin" : 3|"nin" : 4|3 inputs of layer 1, found 4
          """)
  void unknownPartOfADl4jConfigurationIsRefused(String found, String other, String message)
      throws IOException {
    assertThatThrownBy(() -> readForeign(found, other))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code().exitCode()).isEqualTo(2))
        .hasMessageStartingWith(
            file() + " is a DL4J network that Meanfield cannot read: expected " + message + ";");
  }

  @Test
  void unchangedConfigurationOfDl4jIsRead() throws IOException {
    assertThat(readForeign("confs", "confs").network().settings()).isEqualTo(NETWORK);
  }

  /** Reads the model as a file of DL4J, with the first text of its configuration replaced. */
  private Model readForeign(String found, String replacement) throws IOException {
    write(model());
    Map<String, byte[]> entries = ZipContent.of(Files.readAllBytes(file()));
    entries.remove("meanfield.json");
    String json = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
    assertThat(json).contains(found);
    int start = json.indexOf(found);
    // The counters of the whole network come after those of its layers.
    int position = found.startsWith("\"epochCount") ? json.lastIndexOf(found) : start;
    String changed =
        json.substring(0, position) + replacement + json.substring(position + found.length());
    entries.put("configuration.json", changed.getBytes(StandardCharsets.UTF_8));
    Files.write(file(), ZipContent.file(entries));
    return read();
  }

  @Test
  void activationsOfADl4jNetworkAreRead() throws IOException {
    List<Activation> hidden =
        List.of(
            Activation.RELU,
            Activation.LEAKY_RELU,
            Activation.ELU,
            Activation.SIGMOID,
            Activation.TANH,
            Activation.SOFTMAX,
            Activation.LINEAR);
    NetworkSettings network =
        new NetworkSettings(
            List.of(2),
            hidden.stream().<Layer>map(activation -> new Dense(2, activation)).toList(),
            Loss.MSE,
            new Optimizer.Sgd(0.1));
    writeDl4j(new MultiLayerNetwork(Dl4jNetwork.configuration(network)));
    assertThat(read().network().settings()).isEqualTo(network);
  }
}
