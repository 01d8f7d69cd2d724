package io.meanfield.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {
  private static final long MIB = 1L << 20;

  @Test
  void executorThatUsesMoreThanHeapAndNativeMemoryFailsItsTask() {
    MemoryLimit limit = new MemoryLimit(512 * MIB, OptionalLong.of(64 * MIB));
    assertThatCode(() -> limit.require(576 * MIB, "node-7")).doesNotThrowAnyException();
    assertThatThrownBy(() -> limit.require(576 * MIB + 1, "node-7"))
        .hasMessage(
            "an executor on node-7 uses 577 MiB, more than its heap (512 MiB) and"
                + " run.native-memory (64 MiB) together; raise run.native-memory, or"
                + " spark.executor.memoryOverhead if that is set, or lower train.batch-size or"
                + " spark.executor.cores")
        .extracting(failure -> ((UserException) failure).code())
        .isEqualTo(ErrorCode.OUT_OF_MEMORY);
  }

  @Test
  void executorWithoutNativeMemoryHasNoLimit() {
    MemoryLimit limit = new MemoryLimit(512 * MIB, OptionalLong.empty());
    assertThatCode(() -> limit.require(Long.MAX_VALUE, "node-7")).doesNotThrowAnyException();
  }

  @Test
  void limitFollowsTheSettingsOfSpark() {
    SparkConf conf = new SparkConf(false);
    assertThat(MemoryLimit.ofExecutors(conf, false))
        .isEqualTo(new MemoryLimit(1024 * MIB, OptionalLong.empty()));
    conf.set("spark.executor.memory", "3g").set("spark.executor.memoryOverhead", "700");
    assertThat(MemoryLimit.ofExecutors(conf, false))
        .isEqualTo(new MemoryLimit(3072 * MIB, OptionalLong.of(700 * MIB)));
    MemoryLimit ofThisProcess =
        new MemoryLimit(Runtime.getRuntime().maxMemory(), OptionalLong.of(700 * MIB));
    assertThat(MemoryLimit.ofExecutors(conf, true)).isEqualTo(ofThisProcess);
    assertThat(MemoryLimit.here(conf)).isEqualTo(ofThisProcess);
  }
}
