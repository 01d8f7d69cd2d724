package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.DataSettings.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The real digits; the build fetches them before the integration tests. */
public final class Mnist {
  public static final Path FOLDER = Path.of("data/mnist");

  private Mnist() {}

  public static Source train() {
    return source("train");
  }

  public static Source test() {
    return source("t10k");
  }

  private static Source source(String part) {
    String images = FOLDER.resolve(part + "-images-idx3-ubyte").toString();
    assertThat(Files.exists(Path.of(images))).as("run scripts/fetch-mnist").isTrue();
    return new Source(images, Optional.of(FOLDER.resolve(part + "-labels-idx1-ubyte").toString()));
  }
}
