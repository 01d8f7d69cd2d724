package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meanfield.fixture.ProcessTrainingFixture;
import io.meanfield.fixture.Submit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on a terminal: the pseudo-terminal of util-linux's {@code script}. */
@Tag("cluster")
@Tag("promise")
class TerminalIT {
  private static final int WIDTH = 60;
  private static final Pattern ROUNDS = Pattern.compile("epoch   [123]/3  \\[[= ]+]  \\d/4 rounds");

  @TempDir private static Path runs;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  @BeforeEach
  void requireScript() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script of util-linux");
  }

  @Test
  void statusLineMovesWhileTheModelIsTrainedAndIsErasedAtTheEnd() throws Exception {
    try (Submit running = training.startOnTerminal(WIDTH, "bar")) {
      Submit.Finished finished = running.finish();
      assertThat(finished.exitCode()).as(finished.out()).isZero();
      assertThat(finished.out())
          .contains("loading  0:0", "0/4 rounds", "writing model and tables  0:");
      assertThat(statusLines(finished.out())).allMatch(line -> line.length() < WIDTH);
      List<String> screen = new Screen(WIDTH).write(finished.out()).rows();
      assertThat(screen).noneMatch(row -> ROUNDS.matcher(row).find());
      assertThat(screen.get(0)).isEqualTo("run      bar");
      assertThat(screen.get(1)).startsWith("engine   ");
      assertThat(screen).filteredOn(row -> row.startsWith("epoch ")).hasSize(3);
      assertThat(String.join("", screen))
          .contains("done     trained 3 epochs", "time     ", "loading");
    }
  }

  private static List<String> statusLines(String output) {
    return Pattern.compile("\u001b\\[\\?7l(.*?)\u001b\\[J")
        .matcher(output)
        .results()
        .map(drawn -> drawn.group(1))
        .toList();
  }

  @Test
  void controlCLeavesOneMessageAndNoStatusLine() throws Exception {
    try (Submit running =
        training.startOnTerminal(WIDTH, "interrupted", "--set", "train.epochs=1000")) {
      running.awaitLine(line -> line.contains("epoch   1/1000  loss"));
      running.awaitFile(training.directory("interrupted").resolve("epochs/000001.json"));
      running.type('\u0003');
      Submit.Finished finished = running.finish();
      assertThat(finished.exitCode()).isEqualTo(130);
      List<String> rows = new Screen(200).write(finished.out()).rows();
      assertThat(rows.subList(rows.size() - 2, rows.size()))
          .satisfiesExactly(
              last ->
                  assertThat(last).startsWith("error: interrupted by SIGINT; run interrupted is"),
              empty -> assertThat(empty).isEmpty());
      assertThat(rows.subList(2, rows.size() - 2)).allMatch(row -> row.matches("epoch .* s"));
    }
  }
}
