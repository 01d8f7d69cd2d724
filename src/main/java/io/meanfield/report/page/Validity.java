package io.meanfield.report.page;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The conditions that the records of a page share. */
final class Validity {
  private Validity() {}

  static void present(String what, String text) {
    Objects.requireNonNull(text, what);
  }

  static void text(String what, String text) {
    present(what, text);
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
  }

  static <T> List<T> filled(String whole, String part, List<T> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(whole + " needs at least one " + part);
    }
    return List.copyOf(parts);
  }

  static void size(String what, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(expected + " " + what + " expected, found " + found);
    }
  }

  static void finite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(what + " must be finite, found " + value);
    }
  }

  static void unique(String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            what + " must have different names, found twice: " + name);
      }
    }
  }
}
