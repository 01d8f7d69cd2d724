package io.meanfield.pipeline.housekeeping;

import io.meanfield.registry.VersionReference;
import io.meanfield.store.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of a run that another run, or the reproduction of a version, reads.
 *
 * @param runId the run that is read
 * @param purpose what is read, such as "reads its data"
 */
record RunUse(String runId, String purpose) {
  private static final String DATA = "settings.data";

  /**
   * Returns what a run with this manifest reads from other runs.
   *
   * @param splits the data sets that it reads: train, test
   */
  static List<RunUse> of(Manifest run, List<String> splits) {
    List<RunUse> uses = new ArrayList<>();
    run.string("from")
        .flatMap(RunUse::runOf)
        .ifPresent(id -> uses.add(new RunUse(id, "starts from its weights")));
    run.string("model.name")
        .flatMap(RunUse::runOf)
        .ifPresent(id -> uses.add(new RunUse(id, "reads its model")));
    if (run.string(DATA + ".format").filter("prepared"::equals).isPresent()) {
      for (String split : splits) {
        run.string(DATA + "." + split + ".name")
            .ifPresent(id -> uses.add(new RunUse(id, "reads its data")));
      }
    }
    return uses;
  }

  /** Returns the run whose weights {@code --from} names, also as runs/NAME/model.zip. */
  private static Optional<String> runOf(String from) {
    if (VersionReference.matches(from)) {
      return Optional.empty();
    }
    String[] parts = from.split("/", -1);
    return parts.length == 1 ? Optional.of(from) : Optional.of(parts[parts.length - 2]);
  }
}
