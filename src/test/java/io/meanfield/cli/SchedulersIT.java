package io.meanfield.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.meanfield.fixture.Cron;
import io.meanfield.fixture.CronFile;
import io.meanfield.fixture.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's cron starts the line of jobs/schedule/cron, of which time, user and paths are replaced.
 * The commands of the systemd service and of the CronJob run without systemd and Kubernetes.
 */
@Tag("cluster")
@Tag("promise")
class SchedulersIT {
  private static final Path SCHEDULES = Path.of("jobs/schedule");
  private static final String POD = "/spec/jobTemplate/spec/template/spec/containers/0/";

  @TempDir private Path folder;

  private String relocated(String file) throws IOException {
    return new ScheduledDigits(folder).relocated(SCHEDULES.resolve(file));
  }

  /** Returns the schedule for the next minute, or the one after if that begins at once. */
  private static CronFile nextMinute(CronFile schedule) {
    LocalTime time = LocalTime.now(ZoneId.systemDefault()).plusSeconds(10).plusMinutes(1);
    return schedule.at(time.getMinute() + " " + time.getHour() + " * * *", "root");
  }

  /** Waits until the command has printed its last line; returns the log. */
  private String awaitEnd(Cron cron) throws Exception {
    while (log().lines().noneMatch(line -> line.matches("(done|error:) .*"))) {
      cron.keepWaiting();
    }
    return log();
  }

  private String log() throws IOException {
    Path log = folder.resolve("retrain.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // on a machine that does much else
  void lineOfTheShippedFileRetrainsOnTheDataOfToday() throws Exception {
    new ScheduledDigits(folder).arrive("2026-01-01");
    String line = nextMinute(CronFile.parse(relocated("cron"))).text();
    try (Cron cron = Cron.start(folder.resolve("cron"), "meanfield-retrain", line)) {
      assertThat(awaitEnd(cron))
          .contains("run      mnist-" + LocalDate.now(Clock.systemUTC()))
          .contains("done     promoted mnist@1: ");
    }
  }

  @Test
  void commandsOfServiceAndCronJobEndWithTheExitCodesOfAPromotedASkippedAndARefusedNight()
      throws Exception {
    ScheduledDigits digits = new ScheduledDigits(folder);
    Path images = digits.arrive("2026-01-01");
    assertThat(runService()).as(log()).isZero();
    assertThat(log()).contains("done     promoted mnist@1: ");
    FileUtils.deleteDirectory(folder.resolve("runs").toFile());
    assertThat(runCronJob()).as(log()).isZero(); // tini's for 99
    assertThat(log()).contains("done     no new data");
    FileUtils.deleteDirectory(folder.resolve("runs").toFile());
    assertThat(runService()).as(log()).isEqualTo(99);
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 1_000_000));
    FileUtils.deleteDirectory(folder.resolve("runs").toFile());
    assertThat(runService()).as(log()).isEqualTo(3);
  }

  private int runService() throws Exception {
    Map<String, List<String>> unit =
        relocated("meanfield-retrain.service")
            .lines()
            .filter(line -> line.matches("\\w+=.*"))
            .map(line -> line.split("=", 2))
            .collect(groupingBy(pair -> pair[0], mapping(pair -> pair[1], toList())));
    assertThat(unit.get("WorkingDirectory")).containsExactly(folder.toString());
    return run(unit.get("Environment"), List.of(unit.get("ExecStart").get(0).split(" ")));
  }

  private int runCronJob() throws Exception {
    JsonNode job = new ObjectMapper(new YAMLFactory()).readTree(relocated("cronjob.yaml"));
    List<String> environment = new ArrayList<>();
    for (JsonNode variable : job.at(POD + "env")) {
      environment.add(variable.get("name").asText() + "=" + variable.path("value").asText());
    }
    List<String> command = new ArrayList<>();
    job.at(POD + "command").forEach(word -> command.add(word.asText()));
    job.at(POD + "args").forEach(word -> command.add(word.asText()));
    command.replaceAll(
        word ->
            word.replace("k8s://https://kubernetes.default.svc", "local[2]")
                .replace("$(POD_IP)", "127.0.0.1")
                .replace("=/meanfield/mnist", "=" + Mnist.FOLDER.toAbsolutePath())
                .replace("=/meanfield", "=" + folder));
    environment.replaceAll(variable -> variable.replace("=/scratch", "=" + folder));
    return run(environment, command);
  }

  private int run(List<String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    environment.forEach(
        variable -> {
          String[] pair = variable.split("=", 2);
          builder.environment().put(pair[0], pair[1]);
        });
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    Path log = folder.resolve("retrain.log");
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
  }
}
