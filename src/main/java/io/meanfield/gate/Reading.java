package io.meanfield.gate;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of a gate that read data. A step that finds data unreadable is a failed check. */
final class Reading {
  private final boolean hasChampion;
  private final List<GateCheck> failures = new ArrayList<>();

  /**
   * Starts without a failure.
   *
   * @param hasChampion whether wrong settings are a finding, too: they were right for the
   *     champion's data
   */
  Reading(boolean hasChampion) {
    this.hasChampion = hasChampion;
  }

  /**
   * Returns the result of a step; empty if it finds data unreadable.
   *
   * @throws UserException if the step fails for another reason
   */
  <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (Exception e) {
      Optional<UserException> finding = UserException.in(e).filter(this::isFinding);
      if (finding.isEmpty()) {
        throw e;
      }
      failures.add(check(finding.get().getMessage(), false));
      return Optional.empty();
    }
  }

  private boolean isFinding(UserException cause) {
    return cause.code() == ErrorCode.DATA_UNREADABLE
        || (cause.code() == ErrorCode.WRONG_SETTINGS && hasChampion);
  }

  /** Returns a failed check for each step that has failed, or one that has passed. */
  List<GateCheck> checks() {
    return failures.isEmpty() ? List.of(check("examples that can be read", true)) : failures;
  }

  private static GateCheck check(String found, boolean passed) {
    return GateCheck.of(CheckKind.READABLE, "examples that can be read", found, passed, found);
  }
}
