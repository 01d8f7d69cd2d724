package io.meanfield.gate;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.json.SchemaVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The distributions of a data set. That of a model's training data is kept beside the model as
 * {@code reference.json}. It depends on the data alone, not on the cluster that has read them.
 *
 * @param imageShape height and width of images; empty for tables
 * @param numbers the numeric features of a table; the mean brightness of images
 * @param categories the categorical features of a table
 * @param targets the numbers that a network predicts; empty if it predicts classes
 * @param label the classes; empty if the examples have targets
 */
public record DataProfile(
    long examples,
    Optional<List<Integer>> imageShape,
    List<NumberColumn> numbers,
    List<CategoryColumn> categories,
    List<NumberColumn> targets,
    Optional<CategoryColumn> label) {
  /** The name of the file that keeps a profile. */
  public static final String NAME = "reference.json";

  private static final int VERSION = 1;

  /** The content of the file. */
  record Content(int schemaVersion, DataProfile profile) {}

  /** Returns the profile as the content of {@value #NAME}. */
  public byte[] toJson() {
    return Json.text(new Content(VERSION, this)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the profile that {@link #toJson} has written.
   *
   * @param where the location of the file, for messages
   * @throws UserException if it is not a profile, or has a newer schema version
   */
  public static DataProfile parse(byte[] json, String where) {
    try {
      SchemaVersion.require(json, VERSION, where, ErrorCode.STORE_UNREADABLE);
      return Json.parse(json, Content.class).profile();
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.STORE_UNREADABLE,
          "%s does not contain the profile of a data set: %s",
          where,
          e.getMessage());
    }
  }

  /** Returns the numeric features and targets, in the order in which a sketch has them. */
  List<NumberColumn> allNumbers() {
    return Stream.concat(numbers.stream(), targets.stream()).toList();
  }

  /** Returns how many examples have no value in a column of this profile. */
  long missing(NumberColumn column) {
    return examples - column.histogram().total();
  }

  /** Describes columns or images and the target, one string each. */
  List<String> schema() {
    List<String> schema = new ArrayList<>();
    imageShape.ifPresent(shape -> schema.add("images of " + shape));
    numbers.forEach(column -> schema.add(column.name() + " (number)"));
    categories.forEach(column -> schema.add(column.name() + " (category)"));
    targets.forEach(column -> schema.add(column.name() + " (number)"));
    label.ifPresent(column -> schema.add(column.name() + " (class)"));
    return schema;
  }
}
