package io.meanfield.pipeline.run;

import io.meanfield.store.RunResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The outcome of a job that did not fail.
 *
 * @param message the result in one sentence, also in status.json
 * @param notes sentences about problems that the numbers alone do not show
 * @param details further lines to print
 * @param paths of the run, its model, its tables and its page
 * @param time the parts of the time of a training
 */
public record Outcome(
    int exitCode,
    String message,
    List<String> notes,
    List<String> details,
    RunResult result,
    Map<String, String> paths,
    Optional<TimeLine> time) {
  /** The exit code of a job that is done and has changed nothing; schedulers read it as skipped. */
  public static final int SKIPPED = 99;

  /** Returns the outcome of a job that is done and has no numbers to report. */
  public static Outcome done(String message, List<String> details) {
    return new Outcome(
        0, message, List.of(), List.copyOf(details), RunResult.NONE, Map.of(), Optional.empty());
  }

  /** Returns the outcome of a job that is done and has changed nothing. */
  public static Outcome skipped(String message, List<String> details) {
    return done(message, details).withExitCode(SKIPPED);
  }

  Outcome withExitCode(int code) {
    return new Outcome(code, message, notes, details, result, paths, time);
  }

  public Outcome withNotes(List<String> added) {
    return new Outcome(exitCode, message, List.copyOf(added), details, result, paths, time);
  }

  /** Returns this outcome with one more note. */
  Outcome withNote(String note) {
    return withNotes(Stream.concat(notes.stream(), Stream.of(note)).toList());
  }

  public Outcome withResult(RunResult measured) {
    return new Outcome(exitCode, message, notes, details, measured, paths, time);
  }

  public Outcome withPaths(Map<String, String> files) {
    return new Outcome(exitCode, message, notes, details, result, files, time);
  }

  public Outcome withTime(Optional<TimeLine> measured) {
    return new Outcome(exitCode, message, notes, details, result, paths, measured);
  }

  /** Returns this outcome with one more line to print. */
  Outcome withDetail(String line) {
    List<String> more = Stream.concat(details.stream(), Stream.of(line)).toList();
    return new Outcome(exitCode, message, notes, more, result, paths, time);
  }
}
