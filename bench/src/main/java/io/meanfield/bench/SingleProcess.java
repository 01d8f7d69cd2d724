package io.meanfield.bench;

import io.meanfield.fixture.Digits;
import io.meanfield.network.Model;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/**
 * DL4J without Spark, with one math thread. Its minibatches are in memory; every epoch shuffles
 * their order, but not the examples in them.
 */
final class SingleProcess implements TimedTrainer {
  static final String NAME = "one DL4J process, one math thread";

  private final MnistWorkload workload;
  private final List<DataSet> minibatches;
  private final MultiLayerNetwork network;
  private final Random random;

  SingleProcess(MnistWorkload workload, long seed) {
    this(
        workload,
        MnistWorkload.untrained(seed),
        Digits.train().cut(MnistWorkload.EXAMPLES, MnistWorkload.BATCH));
  }

  private SingleProcess(MnistWorkload workload, Model untrained, List<DataSet> minibatches) {
    this.workload = workload;
    this.minibatches = minibatches;
    this.network = MnistWorkload.network(untrained);
    this.random = new Random(1);
  }

  /** Creates a trainer of a network whose input is images; its accuracy cannot be measured. */
  static SingleProcess ofImages(MnistWorkload workload, Model untrained) {
    List<DataSet> minibatches = Digits.train().cut(MnistWorkload.EXAMPLES, MnistWorkload.BATCH);
    for (DataSet digits : minibatches) {
      digits.setFeatures(digits.getFeatures().reshape(digits.numExamples(), 1, 28, 28));
    }
    return new SingleProcess(workload, untrained, minibatches);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void epoch() {
    Collections.shuffle(minibatches, random);
    minibatches.forEach(network::fit);
  }

  @Override
  public double accuracy() {
    return workload.accuracy(network);
  }
}
