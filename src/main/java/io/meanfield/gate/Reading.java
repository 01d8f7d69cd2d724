package io.meanfield.gate;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.security.AccessControlException;

/** The steps of a gate that read data. A step that finds data unreadable is a failed check. */
final class Reading {
  // The store cannot be reached or denies access, which says nothing about the data in it.
  private static final List<Class<? extends Exception>> OUTAGES =
      List.of(
          SocketException.class,
          SocketTimeoutException.class,
          UnknownHostException.class,
          AccessControlException.class,
          AccessDeniedException.class);

  // Data and settings do not suit each other: one of them is wrong.
  private static final Set<ErrorCode> MISMATCHES =
      EnumSet.of(ErrorCode.WRONG_SETTINGS, ErrorCode.MODEL_UNUSABLE);

  private final List<GateCheck> failures = new ArrayList<>();

  /**
   * Returns the result of a step; empty if it finds data unreadable, or if data do not suit
   * settings that suited the champion's data.
   *
   * @param provenSettings whether the champion's data were read with the same settings, so that
   *     data that do not suit them have changed
   * @throws UserException if the step fails for another reason
   */
  <T> Optional<T> attempt(boolean provenSettings, Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (Exception e) {
      Optional<String> finding =
          UserException.in(e).flatMap(cause -> finding(provenSettings, cause));
      if (finding.isEmpty()) {
        throw e;
      }
      failures.add(check(finding.get(), false));
      return Optional.empty();
    }
  }

  private static Optional<String> finding(boolean provenSettings, UserException cause) {
    if (cause.code() == ErrorCode.DATA_UNREADABLE && !isOutage(cause)) {
      return Optional.of(cause.getMessage());
    }
    return MISMATCHES.contains(cause.code()) && provenSettings
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s; the champion's data were read with the same settings, so that the data have"
                    + " changed: restore them, or train a first model under another name",
                cause.getMessage()))
        : Optional.empty();
  }

  private static boolean isOutage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      for (Class<? extends Exception> outage : OUTAGES) {
        if (outage.isInstance(cause)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns a failed check for each step that has failed, or one that has passed. */
  List<GateCheck> checks() {
    return failures.isEmpty() ? List.of(check("examples that can be read", true)) : failures;
  }

  private static GateCheck check(String found, boolean passed) {
    return GateCheck.of(GateCheck.Kind.READABLE, "examples that can be read", found, passed, found);
  }
}
