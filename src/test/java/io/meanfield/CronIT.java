package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's cron starts the line of jobs/schedule/cron, of which time, user and paths are replaced.
 */
@Tag("cluster")
class CronIT {
  @TempDir private Path folder;

  private CronFile schedule() throws IOException {
    return CronFile.parse(Files.readString(CronFile.SHIPPED))
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("SPARK_HOME", ScheduledDigits.sparkHome())
        .with("MASTER", "local[2]")
        .with("CONF", new ScheduledDigits(folder).writeJob())
        .with("LOG", folder.resolve("log"))
        .replace("/var/lib/meanfield", folder.toString())
        .replace("/opt/meanfield", ScheduledDigits.REPOSITORY.toString());
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
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // on a machine that does much else
  void lineOfTheShippedFileRetrainsOnTheDataOfToday() throws Exception {
    new ScheduledDigits(folder).arrive("2026-01-01");
    String line = nextMinute(schedule()).text();
    try (Cron cron = Cron.start(folder.resolve("cron"), "meanfield-retrain", line)) {
      assertThat(awaitEnd(cron))
          .contains("run      mnist-" + LocalDate.now(Clock.systemUTC()))
          .contains("done     promoted mnist@1: ");
    }
  }
}
