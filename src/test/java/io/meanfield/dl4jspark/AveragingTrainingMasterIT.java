package io.meanfield.dl4jspark;

import static io.meanfield.dl4jspark.Networks.assertSameBits;
import static io.meanfield.dl4jspark.Networks.dense;
import static io.meanfield.dl4jspark.Networks.seeded;
import static io.meanfield.dl4jspark.Networks.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.engine.dl4j.NativeThreads;
import io.meanfield.error.UserException;
import io.meanfield.fixture.Digits;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.network.LearnerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.core.loader.impl.SerializedDataSetLoader;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.EarlyStoppingResult.TerminationReason;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.termination.InvalidScoreIterationTerminationCondition;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.earlystopping.SparkEarlyStoppingTrainer;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Trains a SparkDl4jMultiLayer on MNIST with this training master. */
@Tag("cluster")
@Tag("promise")
class AveragingTrainingMasterIT {
  private static final JavaSparkContext SPARK = LocalSpark.context();
  private static final Digits TRAIN = Digits.train();

  @BeforeAll
  static void oneMathThread() {
    NativeThreads.useSingle(); // for the plain loops; workers call it themselves
  }

  private static MultiLayerConfiguration lstm() {
    return seeded(new Adam(0.01))
        .list()
        .layer(new LSTM.Builder().nIn(3).nOut(8).activation(Activation.TANH).build())
        .layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(8)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  private static AveragingTrainingMaster.Builder workers(int workers) {
    return new AveragingTrainingMaster.Builder().workers(workers);
  }

  private static SparkDl4jMultiLayer spark(
      MultiLayerConfiguration configuration, AveragingTrainingMaster.Builder master) {
    return new SparkDl4jMultiLayer(SPARK, configuration, master.build());
  }

  private static LearnerState fitted(
      AveragingTrainingMaster.Builder master, JavaRDD<DataSet> data) {
    return state(spark(dense(), master).fit(data));
  }

  private static MultiLayerNetwork initialised() {
    MultiLayerNetwork network = new MultiLayerNetwork(dense());
    network.init();
    return network;
  }

  /** Trains in a plain DL4J loop, without Spark. */
  private static LearnerState plain(
      MultiLayerConfiguration configuration, int epochs, List<DataSet> minibatches) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    for (int epoch = 0; epoch < epochs; epoch++) {
      minibatches.forEach(network::fit);
      network.incrementEpochCount();
    }
    return state(network);
  }

  @Test
  void oneWorkerHasTheBitsOfAPlainDl4jLoop() {
    // The number of examples is a multiple of neither the DataSets' nor the minibatches' size.
    JavaRDD<DataSet> data = SPARK.parallelize(TRAIN.cut(1037, 50), 3);
    SparkDl4jMultiLayer network = spark(dense(), workers(1).averagingFrequency(7));
    for (int epoch = 0; epoch < 2; epoch++) {
      network.fit(data);
    }
    LearnerState found = state(network.getNetwork());
    assertSameBits(found, plain(dense(), 2, TRAIN.cut(1037, 64)));
    assertThat(found.iteration()).isEqualTo(2 * 17);
    assertThat(found.epoch()).isEqualTo(2);
  }

  @Test
  void oneWorkerOnMaskedSequencesHasTheBitsOfAPlainDl4jLoop() {
    List<DataSet> sequences = sequences();
    JavaRDD<DataSet> data = SPARK.parallelize(sequences, 2);
    SparkDl4jMultiLayer network =
        spark(lstm(), workers(1).batchSizePerWorker(6).averagingFrequency(2));
    assertSameBits(state(network.fit(data)), plain(lstm(), 1, sequences));
  }

  private static List<DataSet> sequences() {
    List<DataSet> sequences = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      INDArray features = Nd4j.linspace(-1, 1 + i, 6 * 3 * 4, DataType.FLOAT).reshape(6, 3, 4);
      INDArray labels = Nd4j.zeros(DataType.FLOAT, 6, 2, 4);
      INDArray mask = Nd4j.ones(DataType.FLOAT, 6, 4);
      for (int row = 0; row < 6; row++) {
        for (int time = 0; time < 4; time++) {
          labels.putScalar(new int[] {row, (row + time + i) % 2, time}, 1);
        }
        mask.putScalar(row, 3, row % 2);
      }
      sequences.add(new DataSet(features, labels, mask, mask.dup()));
    }
    return sequences;
  }

  @Test
  void twoWorkersLearn() {
    JavaRDD<DataSet> data = SPARK.parallelize(TRAIN.cut(6_000, 100), 4);
    SparkDl4jMultiLayer network =
        spark(dense(), workers(2).batchSizePerWorker(32).averagingFrequency(10));
    for (int epoch = 0; epoch < 4; epoch++) {
      network.fit(data);
    }
    DataSet test = Digits.test().range(0, 10_000);
    Evaluation evaluation = new Evaluation(10);
    evaluation.eval(test.getLabels(), network.getNetwork().output(test.getFeatures()));
    assertThat(evaluation.accuracy()).isGreaterThan(0.85);
    assertThat(network.getScore()).isBetween(0.05, 0.5);
    assertThat(network.getNetwork().getIterationCount()).isEqualTo(4 * 94);
  }

  @Test
  void fewerExamplesThanWorkersCanTrain() {
    JavaRDD<DataSet> data = SPARK.parallelize(TRAIN.cut(3, 3), 2);
    LearnerState found = fitted(workers(5), data);
    assertThat(found.iteration()).isEqualTo(1);
    assertThat(found.isFinite()).isTrue();
  }

  @Test
  void filesGiveTheBitsOfTheRddThatTheyWereSavedFrom(@TempDir Path folder) throws IOException {
    List<DataSet> digits = TRAIN.cut(250, 100);
    List<String> paths = new ArrayList<>();
    for (DataSet part : digits) {
      Path file = folder.resolve("digits-" + paths.size() + ".bin");
      part.save(file.toFile());
      paths.add(file.toUri().toString());
    }
    LearnerState expected = fitted(workers(2), SPARK.parallelize(digits, 2));
    assertSameBits(
        state(spark(dense(), workers(2)).fitPaths(SPARK.parallelize(paths, 2))), expected);
    MultiLayerNetwork fromFolder = spark(dense(), workers(2)).fit(folder.toUri().toString());
    assertThat(fromFolder.getIterationCount()).isEqualTo(2);
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(3);
    }
  }

  @Test
  void listenersAreCalledAfterEveryAverage() {
    List<String> calls = new ArrayList<>();
    SparkDl4jMultiLayer network =
        spark(dense(), workers(2).batchSizePerWorker(50).averagingFrequency(2));
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            calls.add("iteration " + iteration + " of epoch " + epoch);
          }

          @Override
          public void onEpochEnd(Model model) {
            calls.add("end");
          }
        });
    network.fit(SPARK.parallelize(TRAIN.cut(300, 100), 1));
    assertThat(calls).containsExactly("iteration 2 of epoch 0", "iteration 3 of epoch 0", "end");
  }

  @Test
  void dl4jSparkEvaluatesTheAveragedWeights() {
    List<DataSet> digits = TRAIN.cut(600, 100);
    JavaRDD<DataSet> data = SPARK.parallelize(digits, 2);
    SparkDl4jMultiLayer network = spark(dense(), workers(2));
    MultiLayerNetwork averaged = network.fit(data);
    Evaluation expected = new Evaluation(10);
    digits.forEach(
        part -> expected.eval(part.getLabels(), averaged.output(part.getFeatures(), false)));
    // Batches as large as a DataSet, because DL4J M2.1 fails if it splits one
    // (IteratorDataSetIterator).
    assertThat(network.evaluate(data, null, 100).accuracy()).isEqualTo(expected.accuracy());
    assertThat(network.calculateScore(data, true, 100)).isBetween(0.1, 2.5);
  }

  @Test
  void dataWithoutExamplesAreRefused() {
    SparkDl4jMultiLayer network = spark(dense(), workers(2));
    assertThatThrownBy(() -> network.fit(SPARK.parallelize(List.<DataSet>of(), 2)))
        .isInstanceOf(UserException.class)
        .hasMessage("the training data have no examples, expected at least one");
  }

  @Test
  void differentShapesAreRefused() {
    DataSet digits = TRAIN.range(0, 4);
    DataSet images = new DataSet(digits.getFeatures().reshape(4, 1, 28, 28), digits.getLabels());
    SparkDl4jMultiLayer network = spark(dense(), workers(2));
    assertThatThrownBy(() -> network.fit(SPARK.parallelize(List.of(digits, images), 1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "all examples of a fit must have the same shapes, found features [784] with labels [10]"
                + " and features [1, 28, 28] with labels [10]; pad sequences to one length and give"
                + " every DataSet a mask");
  }

  @Test
  void divergedWorkerIsLeftOutOfTheAverage() {
    DataSet digits = TRAIN.range(0, 4);
    digits.getFeatures().putScalar(1, 0, Float.NaN);
    LearnerState found = fitted(workers(4), SPARK.parallelize(List.of(digits), 1));
    assertThat(found.isFinite()).isTrue();
  }

  private static JavaRDD<DataSet> notANumber() {
    DataSet digits = TRAIN.range(0, 4);
    digits.getFeatures().assign(Float.NaN);
    return SPARK.parallelize(List.of(digits), 1);
  }

  @Test
  void divergenceOfAllWorkersKeepsTheWeightsAndSetsTheScoreToNaN() {
    SparkDl4jMultiLayer network = spark(dense(), workers(2));
    network.fit(SPARK.parallelize(TRAIN.cut(64, 16), 2));
    LearnerState before = state(network.getNetwork());
    network.fit(notANumber());
    assertThat(network.getScore()).isNaN();
    assertThat(state(network.getNetwork()).weightsSha256()).isEqualTo(before.weightsSha256());
  }

  @Test
  void divergenceOfAllWorkersNamesThemIfItShallFail() {
    SparkDl4jMultiLayer network = spark(dense(), workers(2).failOnDivergence(true));
    assertThatThrownBy(() -> network.fit(notANumber()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "training diverged: in round 1 no worker's loss and weights are finite (worker 0,"
                + " worker 1); lower the learning rate of the configuration or check the data");
  }

  @Test
  void earlyStoppingEndsOnNaN() {
    EarlyStoppingConfiguration<MultiLayerNetwork> configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(5))
            .iterationTerminationConditions(new InvalidScoreIterationTerminationCondition())
            .modelSaver(new InMemoryModelSaver<>())
            .build();
    EarlyStoppingResult<MultiLayerNetwork> result =
        new SparkEarlyStoppingTrainer(
                SPARK, workers(2).build(), configuration, initialised(), notANumber())
            .fit();
    assertThat(result.getTerminationReason())
        .isEqualTo(TerminationReason.IterationTerminationCondition);
    assertThat(result.getTotalEpochs()).isLessThanOrEqualTo(1);
  }

  @Test
  void seedShufflesTheExamplesOfEachEpoch() {
    JavaRDD<DataSet> data = SPARK.parallelize(TRAIN.cut(300, 64), 1);
    ExampleOrder order = new ExampleOrder.Shuffled(5);
    List<DataSet> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      IntUnaryOperator rowAt = order.of(300, epoch, 0);
      DataSet shuffled =
          DataSet.merge(
              IntStream.range(0, 300)
                  .map(rowAt)
                  .mapToObj(row -> TRAIN.range(row, row + 1))
                  .toList());
      epochs.add(shuffled);
    }
    SparkDl4jMultiLayer network = spark(dense(), workers(1).rngSeed(5));
    network.fit(data);
    network.fit(data);
    MultiLayerNetwork plain = initialised();
    for (DataSet epoch : epochs) {
      epoch.batchBy(64).forEach(plain::fit);
      plain.incrementEpochCount();
    }
    assertSameBits(state(network.getNetwork()), state(plain));
  }

  /** Counts the steps; in local mode executors share the JVM of the test. */
  private static final class StepCounter implements TrainingHook {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger BEFORE = new AtomicInteger();
    private static final AtomicInteger AFTER = new AtomicInteger();

    @Override
    public void preUpdate(org.nd4j.linalg.dataset.api.DataSet minibatch, Model model) {
      BEFORE.incrementAndGet();
    }

    @Override
    public void postUpdate(org.nd4j.linalg.dataset.api.DataSet minibatch, Model model) {
      AFTER.addAndGet(minibatch.numExamples());
    }

    @Override
    public void preUpdate(MultiDataSet minibatch, Model model) {}

    @Override
    public void postUpdate(MultiDataSet minibatch, Model model) {}
  }

  @Test
  void hooksAreCalledBeforeAndAfterEachStep() {
    JavaRDD<DataSet> data = SPARK.parallelize(TRAIN.cut(300, 64), 2);
    fitted(workers(2).batchSizePerWorker(50).trainingHooks(new StepCounter()), data);
    assertThat(StepCounter.BEFORE).hasValue(6);
    assertThat(StepCounter.AFTER).hasValue(300);
  }

  @Test
  void statisticsHoldTheDurationOfEveryRound(@TempDir Path folder) throws IOException {
    SparkDl4jMultiLayer network =
        spark(dense(), workers(2).batchSizePerWorker(50).averagingFrequency(2));
    network.setCollectTrainingStats(true);
    network.fit(SPARK.parallelize(TRAIN.cut(300, 100), 1));
    SparkTrainingStats statistics = network.getSparkTrainingStats();
    assertThat(statistics.getKeySet()).containsExactly("ShardingTimesMs", "RoundTimesMs");
    assertThat(statistics.getValue("RoundTimesMs")).hasSize(2);
    assertThat(statistics.statsAsString()).contains("RoundTimesMs", "ShardingTimesMs");
    statistics.exportStatFiles(folder.toString(), SPARK.sc());
    assertThat(Files.readAllLines(folder.resolve("RoundTimesMs.txt"))).hasSize(3);
  }

  @Test
  void unsupportedCallsNameTheAlternative() {
    AveragingTrainingMaster master = workers(2).build();
    SparkDl4jMultiLayer network = spark(dense(), workers(2));
    SparkComputationGraph graph = null;
    String noGraph =
        "AveragingTrainingMaster trains a SparkDl4jMultiLayer only; for a ComputationGraph use"
            + " ParameterAveragingTrainingMaster, or build a graph without branches as a"
            + " MultiLayerNetwork";
    String noMulti =
        "AveragingTrainingMaster trains on DataSet only; give fitPaths a DataSetLoader instead of a"
            + " MultiDataSetLoader";
    Map<ThrowingCallable, String> refused =
        Map.of(
            () -> master.executeTraining(graph, null),
            noGraph,
            () -> master.executeTrainingMDS(graph, null),
            noGraph,
            () -> master.getWorkerInstance(graph),
            noGraph,
            () ->
                master.executeTrainingPaths(null, graph, null, new SerializedDataSetLoader(), null),
            noGraph,
            () -> master.executeTrainingPaths(network, null, null, null, null),
            noMulti,
            () -> master.getWorkerInstance(network),
            "AveragingTrainingMaster has no TrainingWorker to hand out; call"
                + " SparkDl4jMultiLayer.fit");
    refused.forEach(
        (call, message) ->
            assertThatThrownBy(call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message));
  }

  @Test
  void networksThatCannotBeAveragedAreRefused() {
    JavaRDD<DataSet> data = SPARK.parallelize(TRAIN.cut(4, 4), 1);
    SparkDl4jMultiLayer doubles =
        spark(dense(seeded(new Sgd(0.1)).dataType(DataType.DOUBLE)), workers(1));
    assertThatThrownBy(() -> doubles.fit(data))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "AveragingTrainingMaster trains networks of type FLOAT, found DOUBLE; build the"
                + " configuration with dataType(DataType.FLOAT)");
    SparkDl4jMultiLayer lbfgs =
        spark(
            dense(seeded(new Sgd(0.1)).optimizationAlgo(OptimizationAlgorithm.LBFGS)), workers(1));
    assertThatThrownBy(() -> lbfgs.fit(data))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "AveragingTrainingMaster supports only STOCHASTIC_GRADIENT_DESCENT, found LBFGS; remove"
                + " optimizationAlgo from the configuration");
  }
}
