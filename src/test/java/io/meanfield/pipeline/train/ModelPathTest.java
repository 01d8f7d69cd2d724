package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPathTest {
  @ParameterizedTest
  @CsvSource({
    "mnist-1, false",
    "night.2026, false",
    "model.zip, true",
    "weights.npz, true",
    "runs/mnist-1/model.zip, true",
    "s3a://bucket/model, true"
  })
  void filesAreToldFromRunsByTheirNames(String name, boolean isPath) {
    assertThat(ModelLocation.isPath(name)).isEqualTo(isPath);
  }
}
