package io.meanfield.cli.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.store.RunId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The outcome of a command for a program: the JSON object that {@code --json} prints.
 *
 * @param runId empty if the command failed before the run had a name
 * @param weightsSha256 the SHA-256 of the weights that a training has made
 * @param notes sentences about problems that the numbers alone do not show
 * @param paths of the run, its model and its tables
 */
@JsonPropertyOrder({"run_id", "state"})
public record JobReport(
    Optional<String> runId,
    int exitCode,
    Optional<ErrorCode> errorCode,
    String message,
    Map<String, Double> metrics,
    Optional<String> weightsSha256,
    List<String> notes,
    Map<String, String> paths) {

  /** Returns {@code succeeded} or {@code failed}, as in status.json. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  String state() {
    return errorCode.isEmpty() ? "succeeded" : "failed";
  }

  public static JobReport succeeded(RunId id, Outcome outcome) {
    return new JobReport(
        Optional.of(id.value()),
        outcome.exitCode(),
        Optional.empty(),
        outcome.message(),
        outcome.result().metrics(),
        outcome.result().weightsSha256(),
        outcome.notes(),
        outcome.paths());
  }

  public static JobReport failed(Optional<RunId> id, ErrorCode code, String message) {
    return new JobReport(
        id.map(RunId::value),
        code.exitCode(),
        Optional.of(code),
        message,
        Map.of(),
        Optional.empty(),
        List.of(),
        Map.of());
  }

  /** Returns the outcome for a person, as the driver in client mode prints it. */
  public List<String> lines() {
    if (errorCode.isPresent()) {
      return message.lines().map(line -> "error: " + line).toList();
    }
    Stream<String> text =
        Stream.concat(Stream.of("done     " + message), notes.stream().map(n -> "note     " + n));
    Stream<String> files =
        paths.entrySet().stream()
            .filter(path -> !path.getKey().equals("run")) // its id is printed already
            .map(path -> String.format("%-9s%s", path.getKey(), path.getValue()));
    return Stream.concat(text, files).toList();
  }

  /** Prints the report of a failed command that has no run. */
  public static void printFailure(PrintWriter out, UserException failure) {
    Printable.printLines(
        out, failed(Optional.empty(), failure.code(), failure.getMessage()).toJson());
    out.flush();
  }

  public String toJson() {
    return Json.text(this);
  }
}
