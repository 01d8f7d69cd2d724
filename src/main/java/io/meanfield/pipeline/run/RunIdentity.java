package io.meanfield.pipeline.run;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.Manifest.Difference;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.checkpoint.Checkpoints;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must not change when a run continues.
 *
 * @param entries of the manifest
 * @param growing the number that may become larger, with which a finished run continues
 * @param remedy what to do if one of them differs
 * @param begun the entry of the manifest without which an attempt has begun nothing that a later
 *     one must continue; empty if the first attempt already binds the later ones
 */
public record RunIdentity(
    List<String> entries, Optional<String> growing, String remedy, Optional<String> begun) {
  private static final String COMMAND = "command";
  // Entries of the manifest that must not change when a run continues. The directory of the run,
  // the number of kept checkpoints, the content of the page and run.profile may change.
  private static final List<String> ENTRIES =
      List.of(
          COMMAND,
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
  private static final String OTHER_RUN = "choose another --run-id";
  private static final String MAYBE_EXTENDED =
      OTHER_RUN + ", or add --extend if the run is finished and only train.epochs is larger";
  private static final String NOT_EXTENDED =
      OTHER_RUN
          + ", because --extend changes train.epochs alone, which needs a constant learning rate";

  /** The identity of a run that reads data, trains or uses a model. */
  public static final RunIdentity USUAL =
      new RunIdentity(ENTRIES, Optional.empty(), MAYBE_EXTENDED, Optional.empty());

  /** As {@link #USUAL}, of a fit in a program. */
  public static final RunIdentity OF_FIT =
      new RunIdentity(ENTRIES, Optional.empty(), "set another runId", Optional.empty());

  /** As {@link #USUAL}, but a finished run is trained for more epochs. */
  public static final RunIdentity EXTENDED =
      new RunIdentity(ENTRIES, Optional.of(EPOCHS), NOT_EXTENDED, Optional.empty());

  /** Returns the identity of a run of which these entries must not change. */
  public static RunIdentity of(String... entries) {
    return new RunIdentity(List.of(entries), Optional.empty(), OTHER_RUN, Optional.empty());
  }

  /** Returns the same identity of a run that continues if this number, an entry, is larger. */
  public RunIdentity growingBy(String entry) {
    return new RunIdentity(
        Stream.concat(entries.stream(), Stream.of(entry)).toList(),
        Optional.of(entry),
        remedy,
        begun);
  }

  /** Returns the same identity of a run that has begun when its manifest has an entry. */
  public RunIdentity begunWith(String entry) {
    return new RunIdentity(entries, growing, remedy, Optional.of(entry));
  }

  /** Returns whether no attempt of the run has begun what another one must continue. */
  boolean mayStartAnew(RunDirectory run, Manifest wanted) {
    Manifest found = run.manifest();
    return begun.isPresent()
        && found.section(begun.get()).isEmpty()
        && found.differences(wanted, List.of(COMMAND)).isEmpty();
  }

  /**
   * Throws if the run's manifest differs; called before any work is done.
   *
   * @param wanted the manifest of the job
   * @throws UserException with every difference
   */
  public void requireSame(RunDirectory run, Manifest wanted) {
    List<Difference> differences = run.manifest().differences(wanted, entries);
    if (!differences.isEmpty()) {
      throw UserException.of(
          ErrorCode.RUN_DIFFERS,
          "run %s already exists in %s and differs: %s; %s",
          run.id(),
          run.display(),
          Difference.text(differences),
          remedy.equals(MAYBE_EXTENDED) && differences.size() > 1 ? OTHER_RUN : remedy);
    }
  }

  /** Returns whether the job differs from the run by the larger number alone that may grow. */
  public boolean isLonger(RunDirectory run, Manifest wanted) {
    Manifest found = run.manifest();
    List<Difference> differences = found.differences(wanted, entries);
    return differences.size() == 1
        && growing.filter(differences.get(0).path()::equals).isPresent()
        && found.integer(growing.get()) < wanted.integer(growing.get());
  }

  /**
   * Returns a sentence if another build of Meanfield has trained epochs of a run that continues.
   *
   * @param wanted the manifest of the job
   */
  static Optional<String> otherBuild(RunDirectory run, Manifest wanted) {
    List<Difference> differences = run.manifest().differences(wanted, BUILD);
    return differences.isEmpty() || Checkpoints.completedEpochs(run) == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "run %s was begun by another build of Meanfield (%s), so the bits of its model may"
                    + " differ from those of an uninterrupted run",
                run.id(),
                Difference.text(differences)));
  }
}
