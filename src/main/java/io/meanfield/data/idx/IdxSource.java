package io.meanfield.data.idx;

import io.meanfield.data.Dataset;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image file and its label file in the IDX format of MNIST, raw or gzipped. Each location is any
 * Hadoop path.
 *
 * @param labels empty for examples without labels, which can only be predicted
 */
public record IdxSource(String images, Optional<String> labels) implements Source {
  /**
   * Returns the settings of the data set in these files.
   *
   * @throws UserException unless there are one or two files
   */
  public static Map<String, Object> located(List<String> paths) {
    return switch (paths.size()) {
      case 1 -> Map.of("images", paths.get(0));
      case 2 -> Map.of("images", paths.get(0), "labels", paths.get(1));
      default ->
          throw new UserException(
              ErrorCode.WRONG_ARGUMENTS,
              "--data must be IMAGES or IMAGES LABELS, because data.format is idx; found "
                  + paths.size()
                  + " paths");
    };
  }

  @Override
  public Dataset open(ReadContext context) {
    return IdxReader.open(List.of(this), context);
  }

  @Override
  public List<String> locations() {
    return Stream.concat(Stream.of(images), labels.stream()).toList();
  }
}
