package io.meanfield.data.prepared;

import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.Source;
import io.meanfield.data.SourceSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;

/**
 * A data set that the command {@code prepare} has written.
 *
 * @param runs the directory of runs
 * @param name the id of the run
 */
public record PreparedSource(String runs, String name) implements Source {
  /** Reads the key {@code name}. */
  public static Source read(SourceSettings settings) {
    return settings.locatedBy(
        "name", () -> new PreparedSource(settings.runs(), settings.part().string("name")));
  }

  /**
   * Returns the settings of the data set with this name.
   *
   * @throws UserException unless there is one name
   */
  public static Map<String, Object> located(List<String> names) {
    if (names.size() != 1) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "--data must be one RUN-ID, because data.format is prepared; found "
              + names.size()
              + " names");
    }
    return Map.of("name", names.get(0));
  }

  @Override
  public Dataset open(ReadContext context) {
    return PreparedReader.open(this, context);
  }

  @Override
  public List<String> locations() {
    return List.of(runs + "/" + name);
  }
}
