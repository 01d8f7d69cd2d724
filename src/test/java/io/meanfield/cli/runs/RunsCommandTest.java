package io.meanfield.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.cli.CommandResult;
import io.meanfield.cli.Meanfield;
import io.meanfield.error.ErrorCode;
import io.meanfield.registry.TestVersions;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDeletion;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunsCommandTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;

  private String out = "";
  private String err = "";

  private int execute(String... args) {
    CommandResult result = CommandResult.of(folder, args);
    out = result.out();
    err = result.err();
    return result.exitCode();
  }

  private JsonNode json(String... args) throws IOException {
    execute(Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new));
    return new ObjectMapper().readTree(out);
  }

  private Runs runs() {
    return new Runs(new Configuration(), folder.resolve("runs").toString());
  }

  private Path run(String id) {
    return folder.resolve("runs").resolve(id);
  }

  @Test
  void controlCharactersOfFilesDoNotReachTheTerminal() throws IOException {
    trained("monday", 1);
    Path status = run("monday").resolve("status.json");
    String hostile = "tra\\u001b]0;x\\u0007\\r\\u009bi\\u202end";
    Files.writeString(
        status, Files.readString(status).replace("\"trained\"", "\"" + hostile + "\""));
    execute("runs", "show", "monday");
    assertThat(out.lines()).contains("message  tra\\u001b]0;x\\u0007\\u000d\\u009bi\\u202end");
    execute("runs", "list");
    assertThat(out).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n]]");
    assertThat(json("runs", "show", "monday").toString()).contains("tra\\u001B]0;x");
    assertThat(out).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n]]");
  }

  /** Creates a run of train that ended so many days ago. */
  private void trained(String id, int daysAgo, Map<String, ?> entries) {
    RunDirectory run =
        TestVersions.run(
            new Configuration(), folder.resolve("runs").toString(), id, "model of " + id, entries);
    Status status = run.status().orElseThrow();
    Instant end = Instant.now().minus(DAY.multipliedBy(daysAgo));
    write(
        run,
        Status.running(end.minusSeconds(7_500))
            .succeeded(end, 0, "trained", status.result())
            .withModel(run.modelSha256()));
  }

  private void trained(String id, int daysAgo) {
    trained(id, daysAgo, Map.of());
  }

  private static void write(RunDirectory run, Status status) {
    try (Lease lease = Lease.take(run)) {
      lease.run().write(status);
    }
  }

  private void promoted(String id, int version) {
    assertThat(execute("models", "register", "digits", "--run", id)).as(err).isZero();
    assertThat(execute("models", "promote", "digits@" + version, "--reason", "better"))
        .as(err)
        .isZero();
  }

  private List<String> names() throws IOException {
    return json("runs", "list").get("runs").findValuesAsText("run_id").stream().sorted().toList();
  }

  @Test
  void everySubcommandHasAHelpTextWithAnExample() {
    CommandLine command = Meanfield.commandLine().getSubcommands().get("runs");
    assertThat(command.getSubcommands().keySet()).containsExactly("list", "show", "delete");
    for (String name : command.getSubcommands().keySet()) {
      assertThat(execute("runs", name, "--help")).as(name).isZero();
      assertThat(out).contains("Example: scripts/submit runs " + name);
    }
  }

  @Test
  void listShowsEachRunInAColumnsOfItsOwn() throws IOException {
    trained("monday", 40);
    trained("tuesday", 39);
    promoted("monday", 1);
    promoted("tuesday", 2);
    assertThat(execute("runs", "list")).isZero();
    List<String> lines = out.lines().toList();
    assertThat(lines.get(0))
        .matches(
            "\\| run     \\| command \\| state     \\| result  \\| started              \\| age"
                + "  \\| duration  \\| size  +\\| versions            \\|");
    assertThat(lines.get(2))
        .matches(
            "\\| monday  \\| train   \\| succeeded \\| 75.00 % \\| \\S+Z \\| 40 d \\| 2 h 5 min"
                + " \\| [\\d.]+ K?i?B +\\| digits@1 \\(promoted\\) \\|");
    assertThat(lines.get(3)).endsWith("| digits@2 (champion) |");
    assertThat(lines.get(5)).matches("runs     2, [\\d.]+ K?i?B");
    JsonNode run = json("runs", "list").get("runs").get(0);
    assertThat(run.get("run_id").asText()).isEqualTo("monday");
    assertThat(run.get("state").asText()).isEqualTo("succeeded");
    assertThat(run.get("metric").get("value").asDouble()).isEqualTo(0.75);
    assertThat(run.get("metric").get("name").asText()).isEqualTo("validation_accuracy");
    assertThat(run.get("age_seconds").asLong()).isBetween(40 * 86_400L, 40 * 86_400L + 600);
    assertThat(run.get("duration_seconds").asLong()).isEqualTo(7_500);
    assertThat(run.get("bytes").asLong()).isGreaterThan(600);
    assertThat(run.get("versions").get(0).get("name").asText()).isEqualTo("digits@1");
    assertThat(run.get("versions").get(0).get("promoted").asBoolean()).isTrue();
  }

  @Test
  void stateFollowsFromStatusAndLease() throws IOException {
    Instant start = Instant.now().minusSeconds(60);
    for (String id : List.of("failed", "killed", "signalled", "unstarted", "working")) {
      runs().claim(new RunId(id), Manifest.of(Map.of("command", "train")));
    }
    write(
        runs().directory(new RunId("failed")),
        Status.running(start).failed(Instant.now(), ErrorCode.DIVERGED, "not finite"));
    write(
        runs().directory(new RunId("signalled")),
        Status.running(start).failed(Instant.now(), ErrorCode.INTERRUPTED, "SIGTERM"));
    write(runs().directory(new RunId("killed")), Status.running(start));
    Files.delete(run("killed").resolve("lease/000001.released"));
    String host = java.net.InetAddress.getLocalHost().getHostName();
    Files.writeString(
        run("killed").resolve("lease/000001.json"),
        "{ \"host\": \""
            + host
            + "\", \"pid\": 1, \"process_started\": \"2020-01-01T00:00:00Z\", \"process_token\":"
            + " \"t\" }");
    Path heartbeat = run("killed").resolve("lease/000001.heartbeat");
    Files.writeString(heartbeat, "{}");
    Files.setLastModifiedTime(heartbeat, FileTime.from(Instant.EPOCH)); // not waited for
    try (Lease lease = Lease.take(runs().directory(new RunId("working")))) {
      lease.run().write(Status.running(start));
      assertThat(execute("runs", "list")).isZero();
    }
    assertThat(out.lines().skip(2).limit(5).map(line -> line.split(" \\| ", -1)[2].strip()))
        .containsExactlyInAnyOrder(
            "failed",
            "interrupted, process 1 on " + host + " is dead",
            "interrupted",
            "interrupted",
            "running, process " + ProcessHandle.current().pid() + " on " + host);
    assertThat(json("runs", "list", "--state", "failed,running").get("runs")).hasSize(1);
  }

  @Test
  void runWithoutAccuracyIsListedWithItsError() throws IOException {
    RunDirectory run = runs().claim(new RunId("house"), Manifest.of(Map.of("command", "evaluate")));
    Instant now = Instant.now();
    RunResult result = new RunResult(Map.of("loss", 0.5, "mse", 0.25, "r2", 0.9), Optional.empty());
    write(run, Status.running(now).succeeded(now, 0, "evaluated", result));
    assertThat(execute("runs", "list")).isZero();
    assertThat(out).contains("| succeeded | mse 0.2500 |");
    assertThat(json("runs", "list").get("runs").get(0).get("metric").get("value").asDouble())
        .isEqualTo(0.25);
  }

  @Test
  void filtersSelectRunsAndTheOldestIsFirst() throws IOException {
    trained("b-old", 100);
    trained("a-new", 1);
    trained("c-other", 50, Map.of("command", "evaluate"));
    assertThat(json("runs", "list").get("runs").findValuesAsText("run_id"))
        .containsExactly("b-old", "c-other", "a-new");
    assertThat(
            json("runs", "list", "--older-than", "7w", "--command", "train")
                .get("runs")
                .findValuesAsText("run_id"))
        .containsExactly("b-old");
    assertThat(execute("runs", "list", "--older-than", "3 months")).isEqualTo(2);
    assertThat(err)
        .startsWith(
            "error: Invalid value for option '--older-than': expected a number of hours, days or"
                + " weeks, such as 12h, 30d or 8w, found 3 months\n");
  }

  @Test
  void directoryThatIsNoRunIsNamedAndTheOthersAreListed() throws IOException {
    trained("monday", 1);
    trained("damaged", 1);
    Files.writeString(run("damaged").resolve("status.json"), "{");
    Files.createDirectories(run("notes"));
    assertThat(execute("runs", "list")).isZero();
    assertThat(out)
        .contains("| monday ")
        .contains("skipped  " + run("notes") + ": it is not a run: it has no run.json\n")
        .containsPattern("skipped  \\S+damaged: \\S+status.json is damaged: ");
    assertThat(execute("runs", "delete", "notes", "--yes")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "error: " + run("notes") + " cannot be deleted: it is not a run: it has no run.json\n");
    assertThat(execute("runs", "delete", "--older-than", "0h", "--yes")).isZero();
    assertThat(run("monday")).doesNotExist();
    assertThat(run("damaged")).exists();
    assertThat(run("notes")).exists();
  }

  @Test
  void showNamesSettingsThatAreNotTheDefaultsTablesAndVersions() throws IOException {
    trained("monday", 2, Map.of("settings.train.epochs", 3, "settings.run.seed", 5));
    promoted("monday", 1);
    Files.createDirectories(run("monday").resolve("tables/epochs"));
    Files.write(run("monday").resolve("tables/epochs/a.parquet"), new byte[2_048]);
    Files.createDirectories(run("monday").resolve("checkpoints"));
    Files.write(run("monday").resolve("checkpoints/epoch-000003.state"), new byte[10]);
    assertThat(execute("runs", "show", "monday")).isZero();
    assertThat(out.lines())
        .contains(
            "run      monday",
            "command  train",
            "state    succeeded",
            "message  trained",
            "exit     0",
            "duration 2 h 5 min",
            "version  digits@1 (champion)",
            "metric   validation_accuracy 0.75",
            "setting  run.seed = 5",
            "table    epochs, 2.0 KiB",
            "state of epoch-000003.state, 10 B");
    JsonNode shown = json("runs", "show", "monday");
    assertThat(shown.get("table_bytes").get("epochs").asLong()).isEqualTo(2_048);
    assertThat(shown.get("run").get("command").asText()).isEqualTo("train");
    assertThat(execute("runs", "show", "none")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "error: there is no run none in "
                + folder.resolve("runs")
                + ", which has monday; expected the id of a run\n");
  }

  @Test
  void showNamesTheErrorCodeOfAFailedRun() {
    trained("monday", 2);
    Status failed =
        Status.running(Instant.EPOCH)
            .failed(Instant.now(), ErrorCode.STORE_UNWRITABLE, "the disk is full");
    write(runs().named("monday"), failed);
    assertThat(execute("runs", "show", "monday")).isZero();
    assertThat(out.lines()).contains("message  the disk is full", "exit     1 (store_unwritable)");
  }

  @Test
  void deletionOfOldRunsKeepsTheOnesInUse() throws IOException {
    trained("first", 100);
    trained("champion", 99);
    trained("rejected", 98);
    trained("data", 97, Map.of("command", "prepare"));
    trained("recent", 1, preparedFrom("data"));
    promoted("first", 1);
    promoted("champion", 2);
    assertThat(execute("runs", "delete", "--older-than", "30d", "--dry-run")).isZero();
    assertThat(out)
        .contains(
            "kept     first: it trained digits@1 (promoted)\n",
            "kept     champion: it trained digits@2 (champion)\n",
            "kept     data: run recent reads its data\n",
            "delete   rejected\n")
        .containsPattern("done     runs to delete: 1, [\\d.]+ K?i?B; kept: 3\n");
    assertThat(names()).hasSize(5);
    JsonNode deleted = json("runs", "delete", "--older-than", "30d", "--yes");
    assertThat(deleted.get("deleted").get(0).asText()).isEqualTo("rejected");
    assertThat(deleted.get("kept").fieldNames())
        .toIterable()
        .containsExactly("champion", "first", "data");
    assertThat(names()).containsExactly("champion", "data", "first", "recent");
    assertThat(run("rejected")).doesNotExist();
  }

  private static Map<String, ?> preparedFrom(String run) {
    return Map.of(
        "settings", Map.of("data", Map.of("format", "prepared", "train", Map.of("name", run))));
  }

  @Test
  void runThatAReproductionReadsIsKept() throws IOException {
    trained("start", 100);
    trained("data", 100, Map.of("command", "prepare"));
    trained("first", 90, Map.of("from", folder + "/runs/start/model.zip"));
    trained("second", 80, preparedFrom("data"));
    for (String run : List.of("first", "second")) {
      assertThat(execute("models", "register", "digits", "--run", run)).isZero();
    }
    assertThat(execute("runs", "delete", "--older-than", "30d", "--yes")).isZero();
    assertThat(out)
        .contains(
            "kept     data: models reproduce digits@2 reads its data\n",
            "kept     start: models reproduce digits@1 starts from its weights\n");
    assertThat(names()).containsExactly("data", "start");
  }

  @Test
  void namedRunIsDeletedAlsoIfItTrainedTheChampion() throws IOException {
    trained("monday", 1);
    promoted("monday", 1);
    assertThat(execute("runs", "delete", "monday")).isEqualTo(2);
    assertThat(err)
        .matches(
            "error: nothing is deleted, because it is not confirmed to delete 1 run, [\\d.]+"
                + " K?i?B: monday of digits@1 \\(champion\\); add --yes, or --dry-run to see only"
                + " what would be deleted\n");
    assertThat(run("monday")).exists();
    assertThat(execute("runs", "delete", "monday", "--yes")).isZero();
    assertThat(run("monday")).doesNotExist();
  }

  @Test
  void runOfALivingProcessIsNotDeleted() throws IOException {
    runs().claim(new RunId("working"), Manifest.of(Map.of("command", "train")));
    trained("other", 1);
    try (Lease lease = Lease.take(runs().directory(new RunId("working")))) {
      lease.run().write(Status.running(Instant.EPOCH));
      assertThat(execute("runs", "delete", "other", "working", "--yes")).isEqualTo(4);
      assertThat(err)
          .isEqualTo(
              "error: run working is not deleted: process "
                  + ProcessHandle.current().pid()
                  + " on "
                  + java.net.InetAddress.getLocalHost().getHostName()
                  + " is working on it; wait for it\n");
      assertThat(names()).containsExactly("other", "working");
      assertThat(execute("runs", "delete", "--state", "running,succeeded", "--yes")).isZero();
      assertThat(out).contains("kept     working: process ", "deleted  other\n");
      lease.requireHeld();
    }
    assertThat(names()).containsExactly("working");
  }

  @Test
  void runThatIsALinkIsKeptWithWhatItLinksTo() throws IOException {
    trained("elsewhere", 3);
    Path target = Files.move(run("elsewhere"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(run("linked"), target);
    String reason =
        run("linked")
            + " is a symbolic link; delete the link by hand, and the directory that it leads to if"
            + " nothing else needs it\n";
    for (String how : List.of("--yes", "--dry-run")) {
      assertThat(execute("runs", "delete", "linked", how)).isEqualTo(2);
      assertThat(err).isEqualTo("error: run linked is not deleted: " + reason);
      assertThat(execute("runs", "delete", "--older-than", "1d", how)).isZero();
      assertThat(out).contains("kept     linked: " + reason).contains(": 0, 0 B; kept: 1\n");
    }
    RunDirectory linked = runs().find(new RunId("linked")).orElseThrow();
    assertThatThrownBy(() -> RunDeletion.delete(linked, run -> true)).hasMessage(reason.strip());
    assertThat(target.resolve("model.zip")).exists();
    assertThat(run("linked")).isSymbolicLink();
  }

  @Test
  void linksInARunAreDeletedAndNotFollowed() throws IOException {
    trained("monday", 1);
    Path kept = Files.writeString(folder.resolve("kept"), "mine");
    Files.createSymbolicLink(run("monday").resolve("to-nothing"), Path.of("nothing"));
    Files.createSymbolicLink(run("monday").resolve("to-folder"), folder);
    Files.createDirectories(run("monday").resolve("checkpoints"));
    Files.createSymbolicLink(run("monday").resolve("checkpoints/a"), Path.of("nothing"));
    Files.createSymbolicLink(run("monday").resolve("checkpoints/b"), folder);
    assertThat(execute("runs", "delete", "monday", "--yes")).as(err + out).isZero();
    assertThat(run("monday")).doesNotExist();
    assertThat(kept).hasContent("mine");
  }

  @Test
  void fileWithTheNameOfTheLeaseIsNamedAndDoesNotCountAsAProcess() throws IOException {
    runs().claim(new RunId("half"), Manifest.of(Map.of("command", "train")));
    Path lease = run("half").resolve("lease");
    Files.createFile(lease);
    assertThat(execute("runs", "delete", "half", "--yes")).isEqualTo(1);
    assertThat(out)
        .contains(
            "kept     half: run half cannot be changed, because "
                + lease
                + " is no directory, expected one with entries of the processes that work on the"
                + " run; delete it\n");
    Files.delete(lease);
    assertThat(execute("runs", "delete", "half", "--yes")).isZero();
    assertThat(run("half")).doesNotExist();
  }

  @Test
  void runsAreNamedOrSelected() {
    for (List<String> wrong : List.of(List.of("--yes"), List.of("monday", "--older-than", "3d"))) {
      String[] arguments =
          Stream.concat(Stream.of("runs", "delete"), wrong.stream()).toArray(String[]::new);
      assertThat(execute(arguments)).isEqualTo(2);
      assertThat(err)
          .startsWith(
              "error: expected either the names of runs, or --older-than, --state or --command to"
                  + " select them\n");
    }
  }
}
