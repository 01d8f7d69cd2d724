package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class DriverMemoryTest {
  private static final long MIB = 1L << 20;
  private static final SparkConf DEFAULTS = new SparkConf(false);

  @Test
  void needGrowsWithWeightsOptimizerStateAndTasks() {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of("network { input = [784], layers = [{ dense = 10, activation = softmax }] }"));
    long weights = 4 * (784 * 10 + 10);
    // Adam has two numbers for each weight.
    assertThat(DriverMemory.of(settings.network(), 0))
        .isEqualTo(new DriverMemory(weights, 3 * weights, 0));
    assertThat(new DriverMemory(100 * MIB, 300 * MIB, 0).heap()).isEqualTo(1600 * MIB);
    assertThat(new DriverMemory(100 * MIB, 300 * MIB, 1).heap()).isEqualTo(1600 * MIB);
    assertThat(new DriverMemory(100 * MIB, 300 * MIB, 3).heap()).isEqualTo(2200 * MIB);
  }

  @Test
  void twentyFiveMillionWeightsOnTheDefaultDriverAreRefusedWithTheOption() {
    DriverMemory need = new DriverMemory(92 * MIB, 277 * MIB, 2);
    assertThatThrownBy(() -> need.requireWithin(1024 * MIB, DEFAULTS))
        .hasMessage(
            "the driver is short of memory: 92 MiB of weights with their optimizer state (277 MiB"
                + " together) need a heap of at least 1777 MiB with 2 tasks in the driver, because"
                + " the master is local, but the heap has 1024 MiB; set --driver-memory"
                + " (spark.driver.memory) to 2048m, or use fewer cores or a cluster")
        .extracting(failure -> ((UserException) failure).code())
        .isEqualTo(ErrorCode.WRONG_SETTINGS);
    assertThatCode(() -> need.requireWithin(1792 * MIB, DEFAULTS)).doesNotThrowAnyException();
  }

  @Test
  void limitOfResultsMustHoldTheAverage() {
    SparkConf conf = new SparkConf(false).set(DriverMemory.MAX_RESULT_SIZE, "256m");
    DriverMemory need = new DriverMemory(100 * MIB, 300 * MIB, 0);
    assertThatThrownBy(() -> need.requireWithin(4096 * MIB, conf))
        .hasMessage(
            "the average of a round has 300 MiB, but spark.driver.maxResultSize is 256 MiB; set it"
                + " to 512m or more");
    assertThatCode(
            () ->
                need.requireWithin(
                    4096 * MIB, new SparkConf(false).set(DriverMemory.MAX_RESULT_SIZE, "0")))
        .doesNotThrowAnyException();
  }

  @Test
  void stateThatIsLargerThanAnArrayIsRefused() {
    assertThatThrownBy(
            () ->
                new DriverMemory(1000 * MIB, 3000 * MIB, 0)
                    .requireWithin(
                        64L << 30, new SparkConf(false).set(DriverMemory.MAX_RESULT_SIZE, "0")))
        .hasMessage(
            "weights and optimizer state have 3000 MiB, expected at most 2047 MiB, the size of a"
                + " checkpoint; make the network smaller, or set network.optimizer.name = sgd,"
                + " which has no state");
  }
}
