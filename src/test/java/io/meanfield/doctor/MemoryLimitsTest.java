package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.NativeMemory;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {
  private static final long GIB = 1L << 30;

  private static Finding finding(long heap, long buffers, long process, long container, long host) {
    NativeMemory natives = new NativeMemory(buffers * GIB, process * GIB);
    return new MemoryLimits(heap * GIB, natives, container * GIB, host * GIB).finding("driver");
  }

  private static String remedy(String machine) {
    return "reduce spark.executor.memory (of the driver: spark.driver.memory), or set"
        + " -Dorg.bytedeco.javacpp.maxBytes in spark.executor.extraJavaOptions (of the driver:"
        + " spark.driver.extraJavaOptions), or give the "
        + machine
        + " more memory";
  }

  @Test
  void limitsThatFitAreOk() {
    assertThat(finding(4, 4, 0, 0, 8))
        .isEqualTo(
            Finding.ok(
                "memory", "driver", "heap 4.0 GiB, JavaCPP's buffers 4.0 GiB, host 8.0 GiB"));
    assertThat(finding(4, 0, 0, 6, 8).message())
        .isEqualTo("heap 4.0 GiB, JavaCPP's buffers without limit, container 6.0 GiB");
    assertThat(finding(4, 4, 0, 0, 0).message())
        .isEqualTo("heap 4.0 GiB, JavaCPP's buffers 4.0 GiB, the memory of the host is unknown");
  }

  @Test
  void heapAndBuffersThatExceedTheHostFail() {
    assertThat(finding(5, 4, 0, 0, 8))
        .isEqualTo(
            Finding.failed(
                "memory",
                "driver",
                "together too large: heap 5.0 GiB, JavaCPP's buffers 4.0 GiB, host 8.0 GiB",
                remedy("host")));
  }

  @Test
  void heapAndBuffersThatExceedTheContainerFail() {
    assertThat(finding(4, 1, 0, 4, 64))
        .isEqualTo(
            Finding.failed(
                "memory",
                "driver",
                "together too large: heap 4.0 GiB, JavaCPP's buffers 1.0 GiB, container 4.0 GiB",
                remedy("container")));
  }

  @Test
  void containerThatIsLargerThanItsHostLimitsNothing() {
    assertThat(finding(5, 4, 0, 64, 8).remedy()).hasValue(remedy("host"));
  }

  @Test
  void limitOfTheProcessBoundsHeapAndBuffersTogether() {
    assertThat(finding(5, 5, 7, 0, 8).result()).isEqualTo(Finding.Result.OK);
    assertThat(finding(5, 5, 9, 0, 8).result()).isEqualTo(Finding.Result.FAILED);
  }

  @Test
  void limitOfTheProcessBelowTheHeapFails() {
    assertThat(finding(4, 2, 4, 0, 16))
        .isEqualTo(
            Finding.failed(
                "memory",
                "driver",
                "JavaCPP limits the process to 4.0 GiB, but the heap alone may have 4.0 GiB",
                "set -Dorg.bytedeco.javacpp.maxPhysicalBytes above the heap, or to 0 for no"
                    + " limit"));
  }
}
