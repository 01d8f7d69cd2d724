package io.meanfield.pipeline.housekeeping;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A selection of runs; each part that is empty selects all.
 *
 * @param olderThan selects runs that were last active before this time
 */
public record RunFilter(
    Set<RunState> states, Optional<String> command, Optional<Duration> olderThan) {

  /** Returns whether no part is set. */
  public boolean isEmpty() {
    return states.isEmpty() && command.isEmpty() && olderThan.isEmpty();
  }

  /** Returns whether the filter selects a run. */
  public boolean test(RunSummary run, Instant now) {
    return (states.isEmpty() || states.contains(run.state()))
        && command.filter(name -> !name.equals(run.command())).isEmpty()
        && olderThan.filter(least -> run.age(now).compareTo(least) <= 0).isEmpty();
  }
}
