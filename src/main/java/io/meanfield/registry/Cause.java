package io.meanfield.registry;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Optional;

/**
 * Who changes a model's history, and why.
 *
 * @param actor the person or program
 * @param runId the run that decided; a run makes the same change once, however often it is repeated
 */
public record Cause(String actor, String reason, Optional<String> runId) {
  public Cause {
    if (actor.isBlank() || reason.isBlank()) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "a change of the registry needs an actor and a reason, found actor \"%s\" and reason"
              + " \"%s\"; set --actor and --reason",
          actor,
          reason);
    }
  }
}
