package io.meanfield.data.prepared;

import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.Source;
import io.meanfield.data.SourceSettings;
import io.meanfield.settings.Section;

/**
 * A data set that a run of the command {@code prepare} has written.
 *
 * @param runs the directory of runs
 * @param name the run's id
 */
public record PreparedSource(String runs, String name) implements Source {
  /** Reads the key {@code name}. */
  public static Source read(SourceSettings settings) {
    Section part = settings.part();
    // The settings of the format that was prepared may remain.
    part.allowAll();
    return settings.locatedBy(
        "name", () -> new PreparedSource(settings.runs(), part.string("name")));
  }

  @Override
  public Dataset open(ReadContext context) {
    return PreparedReader.open(this, context);
  }
}
