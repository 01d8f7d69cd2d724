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
import java.util.stream.IntStream;

/**
 * Several pairs of image and label files that form one data set, in the order of the list.
 *
 * @param pairs image and label files; all images must have the same size
 */
public record IdxFiles(List<IdxSource> pairs) implements Source {
  public IdxFiles {
    pairs = List.copyOf(pairs);
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
      return new IdxFiles(List.of());
    }
    List<IdxSource> pairs =
        IntStream.range(0, images.size())
            .mapToObj(i -> new IdxSource(images.get(i), labels.stream().skip(i).findFirst()))
            .toList();
    return pairs.size() == 1 ? pairs.get(0) : new IdxFiles(pairs);
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
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          "expected one file with \"labels\" in its name for each file with \"images\" in its name,"
              + " because data.format is idx; found "
              + images.size()
              + " with images and "
              + labels.size()
              + " with labels: "
              + String.join(", ", files));
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
    return IdxReader.open(pairs, context);
  }

  @Override
  public List<String> locations() {
    return pairs.stream().flatMap(pair -> pair.locations().stream()).toList();
  }
}
