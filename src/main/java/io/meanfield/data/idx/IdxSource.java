package io.meanfield.data.idx;

import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.Source;
import io.meanfield.data.SourceSettings;
import io.meanfield.settings.Section;
import java.util.Optional;

/**
 * An image file and, except for predictions, its label file, in the format of MNIST; any Hadoop
 * path, raw or gzipped.
 */
public record IdxSource(String images, Optional<String> labels) implements Source {
  /** Reads the keys {@code images} and {@code labels}. */
  public static Source read(SourceSettings settings) {
    Section part = settings.part();
    Optional<String> labels = part.optionalString("labels");
    return settings.locatedBy("images", () -> new IdxSource(part.string("images"), labels));
  }

  @Override
  public Dataset open(ReadContext context) {
    return IdxReader.open(this, context);
  }
}
