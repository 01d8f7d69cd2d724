package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * The result of one check in the processes to which it applies.
 *
 * @param where the driver and executors with this result
 * @param message what was found, in plain words
 * @param remedy what to do; empty if nothing needs to be done
 */
@DefaultSerializer(JavaSerializer.class)
public record Finding(
    String check, List<String> where, Result result, String message, String remedy)
    implements Serializable {

  /** The meaning of a finding for the jobs that follow. */
  public enum Result {
    OK,
    /** Jobs run, but more slowly or with less safety. */
    WARNING,
    /** Jobs would fail. */
    FAILED
  }

  /** Returns a finding that needs no action. */
  public static Finding ok(String check, String where, String message) {
    return new Finding(check, List.of(where), Result.OK, message, "");
  }

  static Finding warning(String check, String where, String message, String remedy) {
    return new Finding(check, List.of(where), Result.WARNING, message, remedy);
  }

  static Finding failed(String check, String where, String message, String remedy) {
    return new Finding(check, List.of(where), Result.FAILED, message, remedy);
  }

  /** Returns where, what was found and what to do, as one sentence. */
  String sentence() {
    return String.join(", ", where) + ": " + message + (remedy.isEmpty() ? "" : "; " + remedy);
  }

  /** Returns the same finding in other processes. */
  Finding at(List<String> processes) {
    return new Finding(check, processes, result, message, remedy);
  }
}
