package io.meanfield.fuzz;

/**
 * The lines that a {@link FuzzChild} prints: {@code begin SEED}, and {@code accepted KIB}, {@code
 * refused KIB} or {@code violation KIB KIND TAB DETAIL}, where KIB is the largest size of the
 * process.
 */
sealed interface FuzzLine {
  String TAB = "\t";

  /** A case begins. */
  record Begin(int seed) implements FuzzLine {}

  /** A case has ended. */
  record End(Outcome outcome, long peakKib) implements FuzzLine {}

  static String begin(int seed) {
    return "begin " + seed;
  }

  static String end(Outcome outcome, long peakKib) {
    if (outcome instanceof Outcome.Violation violation) {
      return String.join(
          "", "violation ", "" + peakKib, " ", violation.kind(), TAB, violation.detail());
    }
    return (outcome instanceof Outcome.Accepted ? "accepted " : "refused ") + peakKib;
  }

  static FuzzLine parse(String line) {
    String[] words = line.split(" ", 3);
    long number = Long.parseLong(words[1]);
    return switch (words[0]) {
      case "begin" -> new Begin((int) number);
      case "accepted" -> new End(new Outcome.Accepted(), number);
      case "refused" -> new End(new Outcome.Refused(""), number);
      case "violation" -> new End(violation(words[2].split(TAB, 2)), number);
      default -> throw new IllegalArgumentException("unknown line of a child: " + line);
    };
  }

  private static Outcome violation(String[] kindAndDetail) {
    return new Outcome.Violation(kindAndDetail[0], kindAndDetail[1]);
  }
}
