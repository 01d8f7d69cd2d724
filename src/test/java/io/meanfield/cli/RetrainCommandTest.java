package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrainCommandTest {
  private static final String MODEL = "retrain.model=churn";
  private static final String REGISTRY = "registry.directory=/models";

  private static String runId(String... options) {
    RetrainCommand command =
        (RetrainCommand)
            Meanfield.commandLine().parseArgs(options).subcommand().commandSpec().userObject();
    return command.runId(command.settings()).value();
  }

  @Test
  void runIsNamedAfterModelAndDateUnlessItHasAName() {
    assertThat(runId("retrain", "--set", MODEL, "--date", "2026-01-05"))
        .isEqualTo("churn-2026-01-05");
    assertThat(runId("retrain", "--set", MODEL, "--date", "2026-01-05", "--run-id", "again"))
        .isEqualTo("again");
    assertThat(runId("retrain", "--set", MODEL)).matches("\\d{8}-\\d{6}-[0-9a-f]{4}");
  }

  @Test
  void todayIsTheDateInUtc() {
    LocalDate before = LocalDate.now(ZoneOffset.UTC);
    String id = runId("retrain", "--set", MODEL, "--date", "today");
    assertThat(LocalDate.parse(id.substring("churn-".length())))
        .isBetween(before, LocalDate.now(ZoneOffset.UTC));
  }

  private static List<String> driverArguments(String... options) {
    List<String> command =
        new ArrayList<>(
            List.of("retrain", "--set", MODEL, "--set", "run.directory=/runs", "--set", REGISTRY));
    command.addAll(List.of(options));
    return SubmissionPlan.of(Meanfield.commandLine().parseArgs(command.toArray(String[]::new)))
        .arguments();
  }

  @Test
  void driverThatIsStartedAgainAfterMidnightHasTheDateOfTheSubmission() {
    List<String> arguments = driverArguments("--date", "today", "--dry-run");
    String id = arguments.get(arguments.indexOf("--run-id") + 1);
    assertThat(arguments)
        .containsSequence("--date", id.substring("churn-".length()))
        .containsOnlyOnce("--date")
        .contains("--dry-run")
        .doesNotContain("today");
  }

  @Test
  void driverHasADateAlsoIfNoneIsGiven() {
    LocalDate before = LocalDate.now(ZoneOffset.UTC);
    List<String> arguments = driverArguments("--run-id", "nightly");
    assertThat(LocalDate.parse(arguments.get(arguments.indexOf("--date") + 1)))
        .isBetween(before, LocalDate.now(ZoneOffset.UTC));
    assertThat(driverArguments("--run-id", "2026-01-05")).containsSequence("--date", "2026-01-05");
  }

  @Test
  void invalidDateIsRefused() {
    for (String date : new String[] {"2026-02-30", "yesterday"}) {
      assertThatThrownBy(() -> runId("retrain", "--set", MODEL, "--date", date))
          .isInstanceOf(UserException.class)
          .hasMessage("--date must be a date such as 2026-01-05, or today, found \"" + date + "\"");
    }
  }
}
