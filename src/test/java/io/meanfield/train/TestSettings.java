package io.meanfield.train;

import io.meanfield.train.augment.Augmentation;
import io.meanfield.train.history.EarlyStopping;
import java.util.List;

/**
 * Builds training settings for a test: plain averaging of one worker, unless the test sets other
 * values.
 */
public final class TestSettings {
  private int epochs = 1;
  private int batchSize = 64;
  private int workers = 1;
  private int folds = 1;
  private int workersPerTask = 1;
  private int averagingFrequency = 10;
  private int syncFrequency = 50;
  private OuterOptimizer outerOptimizer = new OuterOptimizer.None();
  private Augmentation augmentation = Augmentation.OFF;

  private TestSettings() {}

  public static TestSettings plain() {
    return new TestSettings();
  }

  public TestSettings epochs(int number) {
    epochs = number;
    return this;
  }

  public TestSettings batchSize(int examples) {
    batchSize = examples;
    return this;
  }

  public TestSettings workers(int number) {
    workers = number;
    return this;
  }

  /** Sets the number of folds, each of which has a member. */
  public TestSettings folds(int number) {
    folds = number;
    return this;
  }

  public TestSettings workersPerTask(int number) {
    workersPerTask = number;
    return this;
  }

  public TestSettings placedAutomatically() {
    workersPerTask = 0;
    return this;
  }

  public TestSettings averagingFrequency(int minibatches) {
    averagingFrequency = minibatches;
    return this;
  }

  public TestSettings syncFrequency(int minibatches) {
    syncFrequency = minibatches;
    return this;
  }

  public TestSettings outerOptimizer(OuterOptimizer optimizer) {
    outerOptimizer = optimizer;
    return this;
  }

  public TestSettings augmentation(Augmentation limits) {
    augmentation = limits;
    return this;
  }

  public AveragingSettings averaging() {
    return new AveragingSettings(averagingFrequency, syncFrequency, outerOptimizer);
  }

  public TrainSettings build() {
    return new TrainSettings(
        epochs,
        batchSize,
        workers,
        folds,
        folds,
        Calibration.NONE,
        List.of(),
        workersPerTask,
        averaging(),
        EarlyStopping.OFF,
        augmentation);
  }
}
