package io.meanfield.data.idx;

import io.meanfield.data.Dataset;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Image files and their label files in the IDX format of MNIST, raw or gzipped, which form one data
 * set in the order of the lists. Each location is any Hadoop path.
 *
 * @param images all images must have the same size
 * @param labels one for each image file; empty for examples without labels, which can only be
 *     predicted
 */
public record IdxSource(List<String> images, List<String> labels) implements Source {
  /** Makes the source of one image file. */
  public IdxSource(String images, Optional<String> labels) {
    this(List.of(images), labels.stream().toList());
  }

  /** Reads the keys {@code images} and {@code labels}: one file each, or lists of files. */
  public static Source read(SourceSettings settings) {
    Section part = settings.part();
    List<String> labels = part.isSet("labels") ? part.strings("labels") : List.of();
    return settings.locatedBy("images", () -> of(part, part.strings("images"), labels));
  }

  private static Source of(Section part, List<String> images, List<String> labels) {
    if (!labels.isEmpty() && labels.size() != images.size()) {
      part.invalid("labels", "as many files as images, which has " + images.size());
    }
    return new IdxSource(images, labels);
  }

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
          throw UserException.of(
              ErrorCode.WRONG_ARGUMENTS,
              "--data must be IMAGES or IMAGES LABELS, because data.format is idx; found %s paths;"
                  + " for a table, set data.format",
              paths.size());
    };
  }

  /**
   * Returns the settings of the data set in files that are images or labels by their names, as
   * MNIST's are: the first file with {@code images} in its name belongs to the first with {@code
   * labels}.
   *
   * @throws UserException unless there are as many image files as label files
   */
  public static Map<String, Object> ofFiles(List<String> files) {
    List<String> images = named("images", files);
    List<String> labels = named("labels", files);
    if (images.isEmpty() || images.size() != labels.size()) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "expected one file with \"labels\" in its name for each file with \"images\" in its name,"
              + " because data.format is idx; found %s with images and %s with labels: %s",
          images.size(),
          labels.size(),
          String.join(", ", files));
    }
    return Map.of("images", images, "labels", labels);
  }

  private static List<String> named(String part, List<String> files) {
    return files.stream()
        .filter(file -> file.substring(file.lastIndexOf('/') + 1).contains(part))
        .sorted()
        .toList();
  }

  @Override
  public Dataset open(ReadContext context) {
    return IdxReader.open(images, labels, context);
  }

  @Override
  public List<String> locations() {
    return Stream.concat(images.stream(), labels.stream()).toList();
  }
}
