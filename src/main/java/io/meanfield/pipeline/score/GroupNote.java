package io.meanfield.pipeline.score;

import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.data.encoding.DividingColumn.By;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.frame.SharedGroups;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.TestShare;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.JobContext;
import java.util.Optional;

/** Tells which groups of a given test set have rows in the training data, too. Driver only. */
record GroupNote(JobContext job) {

  /** Returns the note; empty if the settings name no group, or if no group is on both sides. */
  Optional<String> text() {
    DataSettings data = job.settings().data();
    return data.columns()
        .dividing()
        .filter(column -> column.by() == By.GROUP)
        .filter(column -> !(data.test() instanceof TestShare) && data.train().isSet())
        .flatMap(column -> text(column, data));
  }

  private Optional<String> text(DividingColumn column, DataSettings data) {
    try {
      return SharedGroups.of(
              data.train(), data.test(), column.name(), ReadContext.of(job.sparkContext(), 0))
          .filter(groups -> groups.shared() > 0)
          .map(
              groups ->
                  "%d of the %d groups of %s in data.test have rows in data.train, too, so the model"
                          .formatted(groups.shared(), groups.all(), column.setting())
                      + " may have seen them; data.test-fraction in place of data.test sets whole"
                      + " groups aside");
    } catch (UserException e) {
      return Optional.of(
          "whether groups of %s in data.test are in data.train, too, is unknown: %s"
              .formatted(column.setting(), e.getMessage()));
    }
  }
}
