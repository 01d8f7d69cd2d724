package io.meanfield.tracking.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials for a tracking server, in the environment variables of MLflow's own clients. They
 * are never part of a message.
 */
final class Credentials {
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
  private static final String USERNAME = "MLFLOW_TRACKING_USERNAME";
  private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";

  private Credentials() {}

  /** Returns the value of the header Authorization; empty without credentials. */
  static Optional<String> authorization(Map<String, String> environment) {
    Optional<String> user = value(environment, USERNAME);
    Optional<String> password = value(environment, PASSWORD);
    return user.flatMap(name -> password.map(secret -> basic(name + ":" + secret)))
        .or(() -> value(environment, TOKEN).map(token -> "Bearer " + token));
  }

  // A Secret that was made with echo ends with a line break, which no header may contain.
  private static Optional<String> value(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static String basic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
