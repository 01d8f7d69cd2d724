package io.meanfield.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.TestReports;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What MLflow itself does not check: the headers of requests, and an answer that refuses one. */
class MlflowTrackingTest {
  private static MlflowTracking tracking(RecordingServer server, Map<String, String> environment) {
    return new MlflowTracking(
        new MlflowServer(server.uri(), environment, Duration.ofSeconds(30)), "digits");
  }

  private static void send(RecordingServer server, Map<String, String> environment)
      throws IOException {
    tracking(server, environment).send(TestReports.succeeded(new Measurements()));
  }

  @Test
  void credentialsAreThoseOfMlflowsOwnClients() throws IOException {
    try (RecordingServer server = RecordingServer.start()) {
      send(server, Map.of());
      send(server, Map.of("MLFLOW_TRACKING_TOKEN", "t0ken\n")); // as echo writes it
      send(server, Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_PASSWORD", "pass"));
      assertThat(server.requests().stream().map(RecordingServer.Request::authorization).distinct())
          .extracting(header -> header.orElse("none"))
          .containsExactly("none", "Bearer t0ken", "Basic YW5uOnBhc3M=");
    }
  }

  @Test
  void tokenThatNoHeaderMayContainIsNotInTheMessage() {
    try (RecordingServer server = RecordingServer.start()) {
      assertThatThrownBy(() -> send(server, Map.of("MLFLOW_TRACKING_TOKEN", "t0\nken")))
          .hasMessage(
              "the value of MLFLOW_TRACKING_TOKEN contains characters that no HTTP header may"
                  + " contain")
          .hasNoCause();
    }
  }

  @Test
  void serverThatHangsIsLeftAtTheLimit() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) { // accepts connections and never answers
      URI uri = URI.create("http://localhost:" + silent.getLocalPort());
      MlflowServer server = new MlflowServer(uri, Map.of(), Duration.ofSeconds(1));
      assertThatThrownBy(() -> server.experiment("digits"))
          .isInstanceOf(IOException.class)
          .hasMessage("experiments/get-by-name was not answered within 1 s");
    }
  }

  @Test
  void refusedRequestIsExplainedByTheServer() {
    try (RecordingServer server = RecordingServer.refusing("runs/log-batch")) {
      assertThatThrownBy(() -> send(server, Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessage("runs/log-batch answered 429 RESOURCE_EXHAUSTED: quota of the team");
    }
  }

  @Test
  void runIsSentWhoseModelCannotBeExported() {
    try (RecordingServer server = RecordingServer.start()) {
      assertThatThrownBy(
              () ->
                  tracking(server, Map.of())
                      .send(
                          TestReports.succeeded(new Measurements()),
                          () -> {
                            throw new UserException(ErrorCode.MODEL_UNUSABLE, "too many weights");
                          }))
          .isInstanceOf(IOException.class)
          .hasMessage("the model is not sent: too many weights");
      assertThat(server.requests())
          .extracting(RecordingServer.Request::path)
          .contains("/api/2.0/mlflow/runs/log-batch", "/api/2.0/mlflow/runs/update");
    }
  }
}
