package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.apache.spark.SparkUserAppException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
  private static Deployment of(String master, String deployMode) {
    return Deployment.of(properties(master, deployMode));
  }

  private static Properties properties(String master, String deployMode) {
    Properties properties = new Properties();
    properties.setProperty("spark.master", master);
    properties.setProperty("spark.submit.deployMode", deployMode);
    return properties;
  }

  @Test
  void deployModeAndMasterDecide() {
    assertThat(of("yarn", "cluster")).isEqualTo(Deployment.YARN_CLUSTER);
    assertThat(of("yarn", "client")).isEqualTo(Deployment.CLIENT);
    assertThat(of("spark://host:7077", "cluster")).isEqualTo(Deployment.CLUSTER);
    assertThat(of("local[2]", "")).isEqualTo(Deployment.CLIENT);
    assertThat(of("k8s://https://host:6443", "client")).isEqualTo(Deployment.CLIENT);
  }

  @Test
  void driverInAPodIsOnTheClusterAlthoughItsOwnSparkSubmitIsInClientMode() {
    Properties inPod = properties("k8s://https://host:6443", "client");
    inPod.setProperty("spark.kubernetes.submitInDriver", "true");
    assertThat(Deployment.of(inPod)).isEqualTo(Deployment.CLUSTER);
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
