package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MeanfieldTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    CommandLine line = Meanfield.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void helpShowsCommandsAndTheFirstStep() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "train", "evaluate", "predict", "prepare", "scripts/quickstart", "conf/defaults.conf");
  }

  @Test
  void helpOfACommandShowsAnExample() {
    assertThat(execute("evaluate", "--help")).isZero();
    assertThat(out.toString())
        .contains("--model=MODEL", "--set=KEY=VALUE", "--run-id=NAME", "Example: scripts/submit");
  }

  @Test
  void missingCommandIsAnArgumentError() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("a command is missing: train, evaluate, predict, prepare or lesson");
  }

  @Test
  void wrongKeyEndsWithTwoBeforeSparkStarts() {
    assertThat(execute("train", "--set", "train.epoch=3")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "error: unknown key train.epoch; did you mean train.epochs? (--set train.epoch=3: 1)\n");
  }

  @Test
  void missingModelIsAnArgumentError() {
    assertThat(execute("evaluate")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--model=MODEL'");
  }
}
