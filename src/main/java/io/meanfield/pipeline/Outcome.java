package io.meanfield.pipeline;

import java.util.List;

/**
 * How a job ended well; one that did not throws.
 *
 * @param sentence the result in one sentence, also in status.json
 * @param details lines for a person
 */
public record Outcome(int exitCode, String sentence, List<String> details) {
  static Outcome done(String sentence, List<String> details) {
    return new Outcome(0, sentence, List.copyOf(details));
  }
}
