package io.meanfield.dl4jspark;

import io.meanfield.json.Json;
import io.meanfield.kernels.Kernels;
import io.meanfield.train.RoundPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The settings of a training master.
 *
 * @param workers logical workers; empty for the default parallelism of the Spark context
 * @param batchSizePerWorker examples in a minibatch of one worker
 * @param averagingFrequency minibatches of a worker between two averages
 * @param optimizerState effect of an average on the optimizers' state
 * @param kernels kernels with which OpenBLAS must compute
 * @param rngSeed seed of the order of the examples; empty for the order of the RDD
 * @param failOnDivergence whether a fit throws if all workers have diverged
 * @param collectTrainingStats whether the durations of rounds are collected
 */
record MasterSettings(
    Optional<Integer> workers,
    int batchSizePerWorker,
    int averagingFrequency,
    OptimizerStatePolicy optimizerState,
    Kernels kernels,
    Optional<Long> rngSeed,
    boolean failOnDivergence,
    boolean collectTrainingStats) {

  MasterSettings {
    workers.ifPresent(number -> atLeastOne("workers", number));
    atLeastOne("batchSizePerWorker", batchSizePerWorker);
    atLeastOne("averagingFrequency", averagingFrequency);
  }

  static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, found %s".formatted(name, value));
    }
    return value;
  }

  /**
   * Returns the plan of the rounds of a fit in which a worker has at most {@code steps}
   * minibatches.
   */
  RoundPlan plan(int steps) {
    return new RoundPlan(averagingFrequency, steps);
  }

  ExampleOrder order() {
    return rngSeed.<ExampleOrder>map(ExampleOrder.Shuffled::new).orElseGet(ExampleOrder.OfRdd::new);
  }

  String toJson() {
    return Json.text(this);
  }

  String toYaml() {
    ObjectMapper yaml = NeuralNetConfiguration.mapperYaml();
    try {
      return yaml.writeValueAsString(NeuralNetConfiguration.mapper().readTree(toJson()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no YAML of " + this, e);
    }
  }

  /**
   * Reads settings that {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static MasterSettings fromJson(String json) {
    try {
      return Json.parse(json.getBytes(StandardCharsets.UTF_8), MasterSettings.class);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads settings that {@link #toYaml} wrote.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static MasterSettings fromYaml(String yaml) {
    try {
      return fromJson(NeuralNetConfiguration.mapperYaml().readTree(yaml).toString());
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    }
  }

  private static IllegalArgumentException unreadable(Exception cause) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "the text does not describe an AveragingTrainingMaster, expected what its toJson or"
                + " toYaml wrote: %s",
            cause.getMessage()),
        cause);
  }
}
