package io.meanfield.cli.runs;

import io.meanfield.pipeline.housekeeping.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that select runs. */
final class RunFilterOptions {
  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = "Runs in one of these states: ${COMPLETION-CANDIDATES}.")
  private Set<RunSummary.State> states = EnumSet.noneOf(RunSummary.State.class);

  @Option(
      names = "--command",
      paramLabel = "COMMAND",
      description = "Runs of this command, such as retrain.")
  private String command;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      converter = Age.class,
      description =
          "Runs that ended, or were last worked on, more than this long ago: hours, days or weeks,"
              + " such as 12h, 30d or 8w.")
  private Duration olderThan;

  /** Returns whether no option is set, so that all runs are selected. */
  boolean isEmpty() {
    return states.isEmpty() && command == null && olderThan == null;
  }

  /** Returns whether the options select a run. */
  boolean test(RunSummary run, Instant now) {
    return (states.isEmpty() || states.contains(run.state()))
        && (command == null || command.equals(run.command()))
        && (olderThan == null || run.age(now).compareTo(olderThan) > 0);
  }

  /** Converts a number of hours, days or weeks. */
  static final class Age implements ITypeConverter<Duration> {
    private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([hdw])");

    @Override
    public Duration convert(String text) {
      Matcher age = AGE.matcher(text);
      if (!age.matches()) {
        throw new TypeConversionException(
            "expected a number of hours, days or weeks, such as 12h, 30d or 8w, found " + text);
      }
      long number = Long.parseLong(age.group(1));
      return switch (age.group(2)) {
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        default -> Duration.ofDays(7 * number);
      };
    }
  }
}
