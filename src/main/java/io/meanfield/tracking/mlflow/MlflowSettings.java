package io.meanfield.tracking.mlflow;

import io.meanfield.settings.Section;
import java.net.URI;
import java.util.Optional;

/**
 * The settings of the section {@code tracking.mlflow}.
 *
 * @param uri the tracking server; empty if nothing is sent
 * @param experiment the name of the experiment that gets the runs
 * @param model whether a run is sent with its model
 */
public record MlflowSettings(Optional<URI> uri, String experiment, boolean model) {
  private static final String URI_KEY = "uri";

  /** Reads the settings from the section {@code tracking}. */
  public static MlflowSettings read(Section tracking) {
    Section mlflow = tracking.section("mlflow");
    Optional<String> text = mlflow.optionalString(URI_KEY);
    Optional<URI> uri = text.flatMap(MlflowSettings::server);
    if (text.isPresent() && uri.isEmpty()) {
      mlflow.invalid(URI_KEY, "a URL such as https://mlflow.example.org");
    }
    return new MlflowSettings(uri, mlflow.string("experiment"), mlflow.optionalBoolean("model"));
  }

  private static Optional<URI> server(String text) {
    try {
      URI uri = URI.create(text);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return Optional.of(uri).filter(valid -> isHttp && valid.getHost() != null);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
