package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkUserAppException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
  @Test
  void deployModeAndMasterDecide() {
    assertThat(Deployment.of("yarn", "cluster")).isEqualTo(Deployment.YARN_CLUSTER);
    assertThat(Deployment.of("yarn", "client")).isEqualTo(Deployment.CLIENT);
    assertThat(Deployment.of("spark://host:7077", "cluster")).isEqualTo(Deployment.CLUSTER);
    assertThat(Deployment.of("local[2]", "")).isEqualTo(Deployment.CLIENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99})
  void yarnRecordsSuccessBecauseTheMainMethodReturns(int exitCode) {
    assertThatCode(() -> Deployment.YARN_CLUSTER.end(exitCode)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 130})
  void yarnRecordsFailureBecauseTheMainMethodThrows(int exitCode) {
    assertThatThrownBy(() -> Deployment.YARN_CLUSTER.end(exitCode))
        .isInstanceOf(SparkUserAppException.class)
        .hasToString(
            "org.apache.spark.SparkUserAppException: User application exited with " + exitCode);
  }
}
