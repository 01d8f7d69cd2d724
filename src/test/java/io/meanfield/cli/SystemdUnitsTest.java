package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units of jobs/schedule, as systemd-analyze reads them without a running systemd. */
class SystemdUnitsTest {
  private static final Path SCHEDULES = Path.of("jobs/schedule");
  private static final String SERVICE = "meanfield-retrain.service";
  private static final String TIMER = "meanfield-retrain.timer";
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir private Path folder;
  private RecordingInstallation installation;

  @BeforeEach
  void install() throws IOException {
    installation = new RecordingInstallation(folder);
    installation.record(installation.home().resolve("scripts/submit"), 0);
    for (String unit : List.of(SERVICE, TIMER)) {
      Files.writeString(
          folder.resolve(unit), installation.relocate(Files.readString(SCHEDULES.resolve(unit))));
    }
  }

  private RecordingInstallation.Finished analyze(String... arguments) throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "no systemd-analyze");
    List<String> command = new ArrayList<>(List.of(ANALYZE.toString()));
    command.addAll(List.of(arguments));
    return installation.run(Map.of("PATH", "/usr/bin:/bin"), command);
  }

  private RecordingInstallation.Finished verify(String unit) throws Exception {
    return analyze("verify", "--man=no", folder.resolve(unit).toString());
  }

  private static List<String> values(String unit, String key) throws IOException {
    return Files.readAllLines(SCHEDULES.resolve(unit)).stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .toList();
  }

  @Test
  void systemdAcceptsTheTimerAndItsService() throws Exception {
    assertThat(verify(TIMER)).isEqualTo(new RecordingInstallation.Finished(0, ""));
    assertThat(verify(SERVICE)).isEqualTo(new RecordingInstallation.Finished(0, ""));
  }

  @Test
  void timerElapsesOnceADay() throws Exception {
    String calendar = values(TIMER, "OnCalendar").get(0);
    String out =
        analyze("calendar", "--iterations=2", "--base-time=2026-01-05 00:00:00 UTC", calendar)
            .out();
    assertThat(out).contains("2026-01-05 02:00:00 UTC", "2026-01-06 02:00:00 UTC");
  }

  @Test
  void serviceRunsRetrainOfToday() throws Exception {
    assertThat(values(SERVICE, "ExecStart")).hasSize(1);
    String command = installation.relocate(values(SERVICE, "ExecStart").get(0));
    installation.run(Map.of(), List.of(command.split(" ", -1)));
    RetrainCall call = new RetrainCall(installation.arguments());
    call.assertIsOfToday();
    assertThat(call.sparkOptions()).containsExactly("--master", "local[*]");
  }

  @Test
  void skippedIsSuccessAndOnlyACrashIsTriedAgain() throws IOException {
    assertThat(values(SERVICE, "SuccessExitStatus")).containsExactly("99");
    assertThat(values(SERVICE, "Restart")).containsExactly("on-failure");
    assertThat(values(SERVICE, "RestartPreventExitStatus")).containsExactly("2 3 4");
  }
}
