package io.meanfield.pipeline;

import java.util.List;

/**
 * How a job ended well; one that did not throws.
 *
 * @param message the result in one sentence, also in status.json
 * @param details lines for a person
 */
public record Outcome(int exitCode, String message, List<String> details) {
  public static Outcome done(String sentence, List<String> details) {
    return new Outcome(0, sentence, List.copyOf(details));
  }
}
