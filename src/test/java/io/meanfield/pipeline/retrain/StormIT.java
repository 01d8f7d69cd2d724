package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.EndState;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills commands up to three times at random moments, or starts them twice; then the same command
 * ends as an undisturbed one. A seed stands for a scenario; {@code -Dmeanfield.storm=300} runs more
 * than ten.
 */
@Tag("cluster")
class StormIT {
  private static final String BEFORE = "2026-01-01";
  private static final String NIGHT = "2026-01-02";

  private enum Command {
    TRAIN("train --run-id trained"),
    EVALUATE("evaluate --model base --run-id evaluated"),
    PREDICT("predict --model base --run-id predicted --out SITE/out"),
    PREPARE("prepare --run-id prepared"),
    RETRAIN("retrain --date " + NIGHT + " --run-id " + NIGHT);

    private final String line;

    Command(String line) {
      this.line = line;
    }

    List<String> arguments() {
      return List.of(line.split(" "));
    }
  }

  /** How an undisturbed command ends, and how long it takes. */
  private record Reference(Map<String, String> end, Duration time) {}

  @TempDir private static Path folder;
  private static final Map<Command, Reference> REFERENCES = new EnumMap<>(Command.class);

  /** Makes what every command finds: a model, a champion, and the data of another night. */
  @BeforeAll
  static void prepare() throws Exception {
    StepData data = new StepData(folder);
    data.writeTestExamples();
    data.arrive(BEFORE);
    data.arrive(NIGHT);
    Path template = folder.resolve("template");
    assertEnded(template, List.of("train", "--run-id", "base"), 0);
    assertEnded(template, List.of("retrain", "--date", BEFORE, "--run-id", BEFORE), 0);
  }

  private static Submit start(Path site, List<String> arguments) throws IOException {
    // The second night learns faster and is promoted.
    String rate = arguments.contains(NIGHT) ? "0.2" : "0.02";
    List<String> all = new ArrayList<>();
    arguments.forEach(each -> all.add(each.replace("SITE", site.toString())));
    for (String setting :
        List.of(
            "run.directory=\"" + site.resolve("runs") + "\"",
            "registry.directory=\"" + site.resolve("models") + "\"",
            "data { format = csv, validation-fraction = 0, columns.label = y }",
            "data.columns { scale = none, log = none, impute = refuse, handle-unknown = error }",
            "data.train.path=\"" + new StepData(folder).partition(BEFORE) + "\"",
            "data.test.path=\"" + folder.resolve("test.csv") + "\"",
            "network { layers = [ { dense = 1, activation = sigmoid } ] }",
            "network { loss = binary_crossentropy, optimizer { name = adam } }",
            "network.optimizer.learning-rate = " + rate,
            "train { workers = 2, batch-size = 20, epochs = 6 }",
            "retrain { model = steps, floor = 0.6, max-drop = 1 }",
            "retrain.input=\"" + folder.resolve("in") + "\"",
            "gate.rows.min = 100")) {
      all.addAll(List.of("--set", setting));
    }
    return Submit.startShort("local[2]", all.toArray(String[]::new));
  }

  private static void assertEnded(Path site, List<String> arguments, Integer... exitCodes)
      throws Exception {
    try (Submit submit = start(site, arguments)) {
      Submit.Finished finished = submit.finish();
      assertThat(finished.exitCode())
          .as(finished.out() + finished.err())
          .isIn((Object[]) exitCodes);
    }
  }

  private static Path site(String name) throws IOException {
    Path site = folder.resolve(name);
    FileUtils.copyDirectory(folder.resolve("template").toFile(), site.toFile());
    return site;
  }

  private static Reference reference(Command command) throws Exception {
    if (!REFERENCES.containsKey(command)) {
      Path site = site(command.name());
      long begun = System.nanoTime();
      assertEnded(site, command.arguments(), 0);
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      REFERENCES.put(command, new Reference(EndState.of(site), time));
    }
    return REFERENCES.get(command);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("meanfield.storm", 10));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void disturbedCommandEndsAsAnUndisturbedOne(long seed) throws Exception {
    Random random = new Random(seed);
    Command command = Command.values()[random.nextInt(Command.values().length)];
    Reference reference = reference(command);
    Path site = site("seed-" + seed);
    if (random.nextInt(6) == 0) {
      startTwice(site, command);
    } else {
      for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
        // Before this part of a command the JVM and Spark start; after the whole one it has ended.
        double part = 0.2 + 0.85 * random.nextDouble();
        try (Submit running = start(site, command.arguments())) {
          running.killAfter(Duration.ofNanos((long) (part * reference.time().toNanos())));
        }
      }
    }
    assertEnded(site, command.arguments(), 0);
    assertThat(EndState.of(site)).as("%s with seed %d", command, seed).isEqualTo(reference.end());
    FileUtils.deleteDirectory(site.toFile());
  }

  /** One of two processes does the work; the other finds the run busy or finished. */
  private static void startTwice(Path site, Command command) throws Exception {
    try (Submit first = start(site, command.arguments())) {
      assertEnded(site, command.arguments(), 0, 4);
      assertThat(first.finish().exitCode()).isIn(0, 4);
    }
  }
}
