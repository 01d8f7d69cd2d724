package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.kernels.NativeMemory;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {
  private static final long GIB = 1L << 30;

  private static Finding finding(long heap, long buffers, long process, long machine) {
    NativeMemory natives = new NativeMemory(buffers * GIB, process * GIB);
    return new MemoryLimits(heap * GIB, 0, natives, machine * GIB).finding("driver");
  }

  @Test
  void limitsThatFitAreOk() {
    assertThat(finding(4, 4, 0, 8))
        .isEqualTo(
            Finding.ok(
                "memory",
                "driver",
                "heap 4.0 GiB, JavaCPP's buffers 4.0 GiB, machine or container 8.0 GiB"));
    assertThat(finding(4, 0, 0, 6).message())
        .isEqualTo("heap 4.0 GiB, JavaCPP's buffers without limit, machine or container 6.0 GiB");
  }

  @Test
  void heapAndBuffersThatExceedTheMachineFail() {
    assertThat(finding(5, 4, 0, 8))
        .isEqualTo(
            Finding.failed(
                "memory",
                "driver",
                "together too large: heap 5.0 GiB, JavaCPP's buffers 4.0 GiB, machine or container"
                    + " 8.0 GiB",
                "reduce spark.executor.memory (of the driver: spark.driver.memory), or set"
                    + " run.native-memory (of the driver: -Dorg.bytedeco.javacpp.maxBytes in"
                    + " spark.driver.extraJavaOptions), or give the machine or container more"
                    + " memory"));
  }

  @Test
  void nativeMemoryOfAnExecutorReplacesTheLimitOfJavaCpp() {
    NativeMemory natives = new NativeMemory(4 * GIB, 0);
    assertThat(new MemoryLimits(4 * GIB, GIB, natives, 5 * GIB).finding("executor 1"))
        .isEqualTo(
            Finding.ok(
                "memory",
                "executor 1",
                "heap 4.0 GiB, run.native-memory 1.0 GiB, machine or container 5.0 GiB"));
    assertThat(new MemoryLimits(4 * GIB, GIB, natives, 4 * GIB).finding("executor 1"))
        .isEqualTo(
            Finding.failed(
                "memory",
                "executor 1",
                "together too large: heap 4.0 GiB, run.native-memory 1.0 GiB, machine or container"
                    + " 4.0 GiB",
                "reduce spark.executor.memory (of local masters: spark.driver.memory) or"
                    + " run.native-memory, or give the machine or container more memory"));
  }

  @Test
  void limitOfTheProcessBoundsHeapAndBuffersTogether() {
    assertThat(finding(5, 5, 7, 8).result()).isEqualTo(Finding.Result.OK);
    assertThat(finding(5, 5, 9, 8).result()).isEqualTo(Finding.Result.FAILED);
  }

  @Test
  void limitOfTheProcessBelowTheHeapFails() {
    assertThat(finding(4, 2, 4, 16))
        .isEqualTo(
            Finding.failed(
                "memory",
                "driver",
                "JavaCPP limits the process to 4.0 GiB, but the heap alone may have 4.0 GiB",
                "set -Dorg.bytedeco.javacpp.maxPhysicalBytes above the heap, or to 0 for no"
                    + " limit"));
  }

  @Test
  void memoryOfThisMachineIsKnown() {
    assertThat(MemoryLimits.ofDriver().machine()).isGreaterThan(GIB);
  }
}
