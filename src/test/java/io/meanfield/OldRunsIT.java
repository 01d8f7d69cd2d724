package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.registry.Cause;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.TestVersions;
import io.meanfield.store.Lease;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
import io.meanfield.store.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deletes the runs of old nights through scripts/submit. Writes commands and outputs to
 * target/old-runs.txt, which docs/retraining.md quotes.
 */
@Tag("cluster")
class OldRunsIT {
  private static final Path LOG = Path.of("target/old-runs.txt");
  private static final int TABLE_FILES = 20;

  @TempDir private Path folder;

  @BeforeAll
  static void clearLog() throws IOException {
    Files.writeString(LOG, "");
  }

  private Path run(String id) {
    return folder.resolve("runs").resolve(id);
  }

  private static String id(LocalDate date) {
    return "mnist-" + date;
  }

  /** Creates the run of a night that ended so many days ago. */
  private RunDirectory night(LocalDate date, int daysAgo, double accuracy) throws IOException {
    String runs = folder.resolve("runs").toString();
    RunDirectory run =
        TestVersions.run(
            new Configuration(), runs, id(date), "model of " + date, Map.of("command", "retrain"));
    for (int part = 0; part < TABLE_FILES; part++) {
      Path file = run(id(date)).resolve("tables/predictions/part-" + part + ".parquet");
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[50_000]);
    }
    Instant end = Instant.now().minus(Duration.ofDays(daysAgo));
    RunResult result = new RunResult(Map.of("accuracy", accuracy), Optional.of("of " + date));
    try (Lease lease = Lease.take(run)) {
      lease
          .run()
          .write(Status.running(end.minusSeconds(1_234)).succeeded(end, 0, "trained", result));
    }
    return run;
  }

  private void promote(RunDirectory night) {
    RegisteredModel model =
        new Registry(new Configuration(), folder.resolve("models").toString()).model("mnist");
    Cause cause = new Cause("retrain", "better", Optional.of(night.id().value()));
    int version = model.register(NewVersion.of("mnist", night)).number();
    model.promote(version, model.history().champion(), cause);
  }

  private String[] command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    for (String assignment :
        List.of(
            "run.directory=\"" + folder.resolve("runs") + "\"",
            "registry.directory=\"" + folder.resolve("models") + "\"")) {
      command.addAll(List.of("--set", assignment));
    }
    return command.toArray(String[]::new);
  }

  private Submit.Finished submit(String... arguments) throws Exception {
    Submit.Finished finished = Submit.runShort("local[1]", command(arguments));
    String text =
        String.format(
            "$ scripts/submit %s%n%s%sexit code %d%n%n",
            String.join(" ", arguments), finished.out(), finished.err(), finished.exitCode());
    Files.writeString(LOG, text.replace(folder.toString(), "/data"), StandardOpenOption.APPEND);
    return finished;
  }

  private List<String> nights() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return runs.map(run -> run.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void oldNightsAreDeletedAndPromotedOnesAreKept() throws Exception {
    LocalDate first = LocalDate.parse("2026-01-01");
    for (int day = 0; day < 7; day++) {
      RunDirectory night = night(first.plusDays(day), 93 - day, 0.91 + day / 100.0);
      if (day == 0 || day == 3 || day == 5) {
        promote(night);
      }
    }
    assertThat(submit("runs", "list").out())
        .contains("| mnist-2026-01-01 | retrain | succeeded | 91.00 % |")
        .contains("| mnist@1 (promoted) |", "| mnist@3 (champion) |");
    String[] deletion = {"runs", "delete", "--older-than", "90d", "--keep-promoted"};
    assertThat(submit(deletion).exitCode()).isEqualTo(2);
    assertThat(nights()).hasSize(7);
    Submit.Finished deleted =
        submit(Stream.concat(Stream.of(deletion), Stream.of("--yes")).toArray(String[]::new));
    assertThat(deleted.err()).isEmpty();
    assertThat(deleted.exitCode()).isZero();
    assertThat(nights())
        .containsExactly(
            "mnist-2026-01-01",
            "mnist-2026-01-04",
            "mnist-2026-01-05",
            "mnist-2026-01-06",
            "mnist-2026-01-07");
    assertThat(submit("models", "verify", "mnist").out())
        .endsWith("done     versions: 3, damages: 0\n");
  }

  @Test
  void deletionThatIsKilledLeavesWholeOrMarkedRunsAndIsCompletedByTheNextOne() throws Exception {
    LocalDate first = LocalDate.parse("2025-01-01");
    for (int day = 0; day < 60; day++) {
      night(first.plusDays(day), 400 - day, 0.9);
    }
    String[] deletion = {"runs", "delete", "--older-than", "30d", "--yes"};
    try (Submit running = Submit.startShort("local[1]", command(deletion))) {
      while (Files.exists(run(id(first.plusDays(2))))) {
        running.requireAlive();
        Thread.onSpinWait();
      }
      running.kill();
    }
    assertThat(nights()).hasSizeBetween(10, 57);
    for (String night : nights()) {
      if (!Files.exists(run(night).resolve("deletion.json"))) {
        assertThat(run(night).resolve("run.json")).exists();
        assertThat(run(night).resolve("model.zip")).exists();
        assertThat(run(night).resolve("tables/predictions").toFile().list()).hasSize(TABLE_FILES);
      }
    }
    Submit.Finished next = submit(deletion);
    assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
    assertThat(nights()).isEmpty();
  }
}
