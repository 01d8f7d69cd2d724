package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkParamTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tracking.mlflow.uri = \"https://example.org\" | tracking",
        "tracking {} | tracking",
        "tracking = null | tracking",
        "registry.directory = models | registry",
        "retrain { model = churn, input = /etc } | retrain",
        "reinforce.steps = 1 | reinforce",
        "gate.rows.min = 0 | gate",
        "run { seed = 3, directory = /etc, native-memory = 1g } | run.directory, run.native-memory",
        "data { format = csv, train.path = /etc/passwd } | data.format, data.train",
        "data.columns { label = y, scale = none } | data.columns.label",
        "data.csv.delimiter = tab | data.csv",
        "network.a.directory = /etc, run = ${network.a} | run.directory",
        "network.a { uri = \"http://a\" }, tracking.mlflow = ${network.a} | tracking",
        "run = { seed = 3 } ${network.a}, network.a.directory = x | run.directory",
        "\"run.directory\" = /etc | run.directory",
        "run.\"seed.x\" = 3 | run.seed.x",
        "data {} | data",
      })
  void keysThatNameFilesServersAndCommandsAreRefused(String text, String keys) {
    assertThatThrownBy(() -> NetworkParam.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "param network cannot set "
                + keys
                + "; leave it out, or use another param, such as labelCol, idCol or checkpointDir;"
                + " param network can set network, train, pretrain, run.seed, run.kernels,"
                + " run.single-writer, data.validation-fraction, data.balance, data.bad-rows,"
                + " data.chunk-size, data.columns.scale, data.columns.log, data.columns.bins,"
                + " data.columns.impute, data.columns.missing-indicator, data.columns.dates,"
                + " data.columns.handle-unknown, data.columns.embed-above,"
                + " data.columns.embedding-size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "include \"/etc/passwd\" | param network includes \"/etc/passwd\"; expected settings"
            + " without includes",
        "include url(\"http://example.org\") | param network includes the URL http://example.org;"
            + " expected the path of a file",
        "run.seed = ${HOME} | settings cannot be resolved: param network: 1: Could not resolve"
            + " substitution to a value: ${HOME}",
      })
  void filesAndTheEnvironmentOfTheServerAreNotRead(String text, String message) {
    assertThatThrownBy(() -> NetworkParam.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  @Test
  void settingsOfTheNetworkAndItsTrainingAreTaken() {
    assertThat(
            NetworkParam.parse(
                    "network.loss = mse, train { epochs = 3, workers = ${train.epochs} },"
                        + " pretrain.method = rbm, run { seed = 3, kernels = native },"
                        + " data { validation-fraction = 0, columns.dates.categorical = true }")
                .getInt("train.workers"))
        .isEqualTo(3);
    assertThat(NetworkParam.parse("").isEmpty()).isTrue();
  }
}
