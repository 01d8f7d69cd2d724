package io.meanfield.pipeline.page;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.store.Manifest;
import io.meanfield.store.ParallelReads;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.store.table.StoredRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The nights of a model: the runs of {@code retrain} beside a run, up to its date. */
final class PastNights {
  /**
   * A night.
   *
   * @param date its logical date
   * @param decision the first part of the decision; empty if there was none
   */
  record Night(String run, String date, Status status, boolean dry, Optional<StoredRow> decision) {
    private static final Comparator<Night> ORDER =
        Comparator.comparing(Night::date).thenComparing(Night::started);

    static Night of(RunRecord run) {
      return new Night(
          run.directory().orElseThrow().id().value(),
          run.manifest().string("requested.date").orElse(""),
          run.status(),
          run.manifest().string("requested.dry_run").filter("true"::equals).isPresent(),
          run.hasSucceeded() ? run.table("decisions").stream().findFirst() : Optional.empty());
    }

    private Instant started() {
      return status.started();
    }

    boolean isPromoted() {
      return status.exitCode().equals(Optional.of(0));
    }

    boolean isRefused() {
      return status.errorCode().equals(Optional.of(ErrorCode.DATA_REFUSED));
    }

    /** Returns how the night ended in a word or two. */
    String outcome() {
      if (status.state() == Status.State.FAILED) {
        return isRefused() ? "refused" : "failed";
      }
      boolean compared = decision.flatMap(row -> row.number("challenger_value")).isPresent();
      return (isPromoted() ? "promoted" : compared ? "kept" : "nothing new")
          + (dry ? " (dry run)" : "");
    }
  }

  private PastNights() {}

  /**
   * Returns the nights up to that of a run, the oldest first; those that cannot be read are out.
   */
  static List<Night> upTo(RunRecord run) {
    Night last = Night.of(run);
    Optional<String> model = model(run.manifest());
    RunDirectory directory = run.directory().orElseThrow();
    Runs runs = new Runs(directory.hadoop(), directory.model().getParent().getParent().toString());
    List<RunDirectory> others =
        runs.directories().stream().filter(other -> !other.id().equals(directory.id())).toList();
    Stream<Night> earlier =
        ParallelReads.of(others, other -> read(other, model)).stream()
            .flatMap(Optional::stream)
            .filter(night -> Night.ORDER.compare(night, last) < 0);
    return Stream.concat(earlier, Stream.of(last)).sorted(Night.ORDER).toList();
  }

  private static Optional<Night> read(RunDirectory run, Optional<String> model) {
    try {
      if (!run.isRun()) {
        return Optional.empty();
      }
      Manifest manifest = run.manifest();
      return Optional.of(manifest)
          .filter(found -> RunCommand.of(found).equals(Optional.of(RunCommand.RETRAIN)))
          .filter(found -> model(found).equals(model))
          .flatMap(found -> run.status())
          .filter(status -> status.state() != Status.State.RUNNING)
          .map(status -> Night.of(RunRecord.of(run, manifest, status)));
    } catch (UserException damaged) {
      return Optional.empty();
    }
  }

  /** Returns the name of the model that a run retrains. */
  static Optional<String> model(Manifest run) {
    return run.string("settings.retrain.model");
  }
}
