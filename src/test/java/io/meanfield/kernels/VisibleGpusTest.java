package io.meanfield.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleGpusTest {
  @Test
  void indexIsTheNumberIfCudaShowsAllGpus() {
    VisibleGpus all = VisibleGpus.of(Map.of());
    assertThat(all.number("0")).contains(0);
    assertThat(all.number("12")).contains(12);
    assertThat(all.number("GPU-5d5ba0d6")).isEmpty();
    assertThat(all.number("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'2,3', 2, 0",
    "'2,3', 3, 1",
    "' 12 , 1', 1, 1", // 12 begins with 1, but is another GPU
    "'MIG-aa,MIG-bb', MIG-bb, 1",
    "'GPU-5d,GPU-77', GPU-77aa-01, 1" // CUDA accepts the beginning of a UUID
  })
  void numberIsThePositionInTheVariable(String variable, String address, int number) {
    assertThat(VisibleGpus.of(Map.of("CUDA_VISIBLE_DEVICES", variable)).number(address))
        .contains(number);
  }

  @ParameterizedTest
  @CsvSource({"'2,3', 0", "'', 0", "MIG-aa, MIG-bb", "MIG-aa, 0", "'', MIG-aa"})
  void gpuThatTheVariableDoesNotListHasNoNumber(String variable, String address) {
    assertThat(VisibleGpus.of(Map.of("CUDA_VISIBLE_DEVICES", variable)).number(address)).isEmpty();
  }
}
