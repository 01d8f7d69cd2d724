package io.meanfield.pipeline.run;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.checkpoint.Checkpoints;
import java.util.List;
import java.util.Optional;

/** Compares the manifest of a run with that of a job which would continue the run. */
public final class RunIdentity {
  // Entries of the manifest that must not change when a run continues. The directory of the run,
  // the number of kept checkpoints, the content of the page and run.profile may change.
  private static final List<String> ENTRIES =
      List.of(
          "command",
          "engine",
          RunKernels.KEY,
          "data",
          "model",
          "from",
          "output",
          "systems",
          "settings.network",
          "settings.train",
          "settings.run.seed",
          "settings.data.train.options",
          "settings.data.validation-fraction",
          "settings.data.test-fraction",
          "settings.data.chunk-size");
  // The parts of the versions that are parts of the application. Spark and Java are the cluster's.
  private static final List<String> BUILD =
      List.of("versions.meanfield", "versions.git_commit", "versions.nd4j", "versions.libtorch");
  private static final String EPOCHS = "settings.train.epochs";

  private RunIdentity() {}

  /**
   * Throws if the run's manifest differs; called before any work is done.
   *
   * @param wanted the manifest of the job
   * @throws UserException with every difference
   */
  public static void requireSame(RunDirectory run, Manifest wanted) {
    requireNone(
        run.manifest().differences(wanted, ENTRIES),
        run,
        "choose another --run-id, or add --extend if only train.epochs is larger");
  }

  /**
   * Throws if the run's manifest differs in one of the entries.
   *
   * @param wanted the manifest of the job
   * @throws UserException with every difference
   */
  static void requireSame(RunDirectory run, Manifest wanted, List<String> entries) {
    requireNone(run.manifest().differences(wanted, entries), run, "choose another --run-id");
  }

  /** Returns whether a job differs from a run only by a larger number of epochs. */
  static boolean isLonger(Manifest run, Manifest wanted) {
    List<String> differences = run.differences(wanted, ENTRIES);
    return differences.size() == 1
        && differences.get(0).startsWith(EPOCHS + " ")
        && run.integer(EPOCHS) < wanted.integer(EPOCHS);
  }

  /**
   * Returns a sentence if another build of Meanfield has trained epochs of a run that continues.
   *
   * @param wanted the manifest of the job
   */
  static Optional<String> otherBuild(RunDirectory run, Manifest wanted) {
    List<String> differences = run.manifest().differences(wanted, BUILD);
    return differences.isEmpty() || Checkpoints.completedEpochs(run) == 0
        ? Optional.empty()
        : Optional.of(
            "run "
                + run.id()
                + " was begun by another build of Meanfield ("
                + String.join("; ", differences)
                + "), so the bits of its model may differ from those of an uninterrupted run");
  }

  private static void requireNone(List<String> differences, RunDirectory run, String advice) {
    if (!differences.isEmpty()) {
      throw new UserException(
          ErrorCode.RUN_DIFFERS,
          "run "
              + run.id()
              + " already exists in "
              + run.display()
              + " and differs: "
              + String.join("; ", differences)
              + "; "
              + advice);
    }
  }
}
