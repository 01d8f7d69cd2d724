package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.idx.IdxSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's cron starts the line of jobs/schedule/cron on two days, which are two minutes here:
 * time, user and paths of the line are replaced, on the second day also the date.
 */
@Tag("cluster")
class CronIT {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath();

  @TempDir private Path folder;

  @BeforeEach
  void writeJob() throws IOException {
    Path digits = Mnist.FOLDER.toAbsolutePath();
    Files.writeString(
        folder.resolve("job.conf"),
        "include file(\""
            + REPOSITORY.resolve("jobs/mnist-retrain.conf")
            + "\")\nretrain { input = in, start = cold }\ntrain { epochs = 3, batch-size = 16 }\n"
            + "data.test { images = \""
            + digits.resolve("t10k-images-idx3-ubyte")
            + "\", labels = \""
            + digits.resolve("t10k-labels-idx1-ubyte")
            + "\" }\n");
  }

  private CronFile schedule() throws IOException {
    String spark = Submit.SPARK_HOME.isEmpty() ? "target/spark" : Submit.SPARK_HOME;
    return CronFile.parse(Files.readString(CronFile.SHIPPED))
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("SPARK_HOME", Path.of(spark).toAbsolutePath())
        .with("MASTER", "local[2]")
        .with("CONF", folder.resolve("job.conf"))
        .with("LOG", folder.resolve("log"))
        .replace("/var/lib/meanfield", folder.toString())
        .replace("/opt/meanfield", REPOSITORY.toString());
  }

  /** Returns the schedule for the next minute, or the one after if that begins at once. */
  private static CronFile nextMinute(CronFile schedule) {
    LocalTime time = LocalTime.now(ZoneId.systemDefault()).plusSeconds(10).plusMinutes(1);
    return schedule.at(time.getMinute() + " " + time.getHour() + " * * *", "root");
  }

  private void arrive(String date, int first, int count) throws IOException {
    Path partition = Files.createDirectories(folder.resolve("in/date=" + date));
    IdxSource digits = Mnist.slice(first, count);
    Files.copy(Path.of(digits.images()), partition.resolve("images"));
    Files.copy(Path.of(digits.labels().orElseThrow()), partition.resolve("labels"));
  }

  /** Waits until as many commands as this have printed their last line; returns the log. */
  private String awaitCommands(int count, Cron cron) throws Exception {
    while (log().lines().filter(line -> line.matches("(done|error:) .*")).count() < count) {
      cron.keepWaiting();
    }
    return log();
  }

  private String log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private String status(String run) throws IOException {
    return Files.readString(folder.resolve("runs").resolve(run).resolve("status.json"));
  }

  private String champion() throws Exception {
    Submit.Finished shown =
        Submit.run(
            "local[2]",
            "models",
            "show",
            "mnist",
            "--set",
            "registry.directory=\"" + folder.resolve("models") + "\"");
    return shown.out().lines().filter(line -> line.startsWith("champion")).findFirst().orElse("");
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES) // on a machine that does much else
  void secondNightPromotesAModelThatMoreDataHaveMadeBetter() throws Exception {
    LocalDate later = LocalDate.now(Clock.systemUTC()).plusDays(2);
    arrive("2026-01-01", 0, 6_000);
    String first = nextMinute(schedule()).text();
    try (Cron cron = Cron.start(folder.resolve("cron"), "meanfield-retrain", first)) {
      assertThat(awaitCommands(1, cron)).contains("done     promoted mnist@1: ");
      assertThat(champion()).isEqualTo("champion  mnist@1");

      arrive("2026-01-02", 6_000, 12_000);
      CronFile second = schedule().replace("--date today", "--date " + later);
      cron.install("meanfield-retrain", nextMinute(second).text());
      assertThat(awaitCommands(2, cron))
          .contains("run      mnist-" + later, "done     promoted mnist@2: ", "p < 0.001");
      assertThat(champion()).isEqualTo("champion  mnist@2");
    }
    assertThat(status("mnist-" + later)).contains("\"succeeded\"", "promoted mnist@2: ");
  }
}
