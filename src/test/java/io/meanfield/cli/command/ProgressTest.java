package io.meanfield.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.cli.Screen;
import io.meanfield.network.LearnerState;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TestRounds;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final int ROUNDS = 7;
  private static final String FIRST =
      "epoch   1/30  loss 0.5000  accuracy 90.00 %  val_loss 0.2500  val_accuracy 92.00 %  1.50 s";
  private static final String SECOND =
      "epoch   2/30  loss 0.2500  accuracy 90.00 %  val_loss 0.1250  val_accuracy 92.00 %  1.50 s";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;
  private int width = 80;
  private final TerminalProgress progress = new TerminalProgress(30, out, () -> width, () -> nanos);

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String drawn() {
    progress.statusLine().draw();
    return new Screen(width).write(output()).currentRow();
  }

  private void pass(double seconds) {
    nanos += Math.round(seconds * 1e9);
  }

  private static void endRound(TrainingListener listener, int epoch) {
    RoundRow worker =
        new RoundRow(
            epoch,
            1,
            0,
            0,
            "host",
            TestRounds.work(3_000, 50, Optional.of(0.5), Optional.empty(), false),
            TestRounds.cost(1, 1, 1, 1));
    listener.roundEnded(Collections.nCopies(2, worker));
  }

  private static void endEpoch(TrainingListener listener, int epoch) {
    EpochResult result =
        new EpochResult(
            epoch,
            new EpochResult.Scores(
                0.5 / epoch, Optional.of(0.9), Optional.of(0.25 / epoch), Optional.of(0.92)),
            42_000,
            1.5,
            0.001);
    listener.epochEnded(
        result, Optional.of(TrainingState.initial(LearnerState.fresh(new float[1]))));
  }

  private static void train(TrainingListener listener, Runnable afterEvent) {
    for (int epoch = 1; epoch <= 2; epoch++) {
      listener.epochBegan(epoch, ROUNDS);
      for (int round = 0; round < ROUNDS; round++) {
        endRound(listener, epoch);
        afterEvent.run();
      }
      endEpoch(listener, epoch);
      afterEvent.run();
    }
  }

  @Test
  void statusLineShowsTheElapsedTimeWhileDataAreLoaded() {
    assertThat(drawn()).isEqualTo("loading  0:00");
    pass(61.5);
    assertThat(drawn()).isEqualTo("loading  1:01");
    pass(3600);
    assertThat(drawn()).isEqualTo("loading  1:01:01");
  }

  @Test
  void statusLineShowsTheRowsOfATableThatWereRead() {
    AtomicLong read = new AtomicLong();
    progress.readingBegan(8_000_000, read::get);
    assertThat(drawn())
        .isEqualTo("loading  [                              ]  0 of 8,000,000 rows  0:00");
    read.set(2_000_000);
    pass(3);
    assertThat(drawn())
        .isEqualTo("loading  [=======                       ]  2,000,000 of 8,000,000 rows  0:03");
    progress.shardsBegan(8_000_000, 2);
    assertThat(drawn()).isEqualTo("building shards  0:03");
    progress.epochBegan(1, ROUNDS);
    assertThat(drawn()).startsWith("epoch   1/30");
  }

  @Test
  void linesTellOfManyExamplesWhatIsDoneBeforeTheFirstEpoch() {
    try (Progress lines = Progress.lines(30, new PrintWriter(out, true, StandardCharsets.UTF_8))) {
      lines.readingBegan(99_999, () -> 0);
      lines.shardsBegan(99_999, 2);
      assertThat(output()).isEmpty();
      lines.readingBegan(300_000, () -> 0);
      lines.shardsBegan(240_000, 2);
    }
    assertThat(output())
        .isEqualTo("reading  300,000 rows\nshards   240,000 examples for 2 workers\n");
  }

  @Test
  void rowsThatSparkReadsAgainAreNotCountedAndANarrowLineHasNoBar() {
    TerminalProgress.Loading loading = new TerminalProgress.Loading(8_000_000, () -> 9_000_000);
    assertThat(loading.line(50, "0:03")).isEqualTo("loading  8,000,000 of 8,000,000 rows  0:03");
    assertThat(loading.line(51, "0:03"))
        .isEqualTo("loading  [=====]  8,000,000 of 8,000,000 rows  0:03");
  }

  @Test
  void statusLineShowsRoundsAndSpeedOfTheEpoch() {
    progress.epochBegan(2, ROUNDS);
    assertThat(drawn())
        .isEqualTo("epoch   2/30  [                              ]  0/7 rounds  0:00");
    pass(2);
    endRound(progress, 2);
    assertThat(drawn())
        .isEqualTo(
            "epoch   2/30  [===                        ]  1/7 rounds  0:02  3,000 examples/s");
    pass(1);
    assertThat(drawn()).as("speed between two rounds").endsWith("  0:03  3,000 examples/s");
  }

  @Test
  void statusLineShowsThatTheEpochIsBeingValidated() {
    progress.epochBegan(2, ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      endRound(progress, 2);
    }
    pass(5);
    assertThat(drawn())
        .isEqualTo("epoch   2/30  [==============================]  validating  0:05");
  }

  @Test
  void statusLineBetweenTwoEpochsShowsTheNumberOfTrainedEpochs() {
    endEpoch(progress, 2);
    assertThat(drawn()).isEqualTo("2 of 30 epochs trained  0:00");
  }

  @Test
  void statusLineAfterTheLastEpochShowsThatTheModelIsWritten() {
    endEpoch(progress, 30);
    assertThat(drawn()).isEqualTo("writing model and tables  0:00");
  }

  @Test
  void narrowTerminalGetsFewerDetails() {
    width = 60;
    progress.epochBegan(2, ROUNDS);
    pass(1);
    endRound(progress, 2);
    assertThat(drawn()).isEqualTo("epoch   2/30  [=      ]  1/7 rounds  0:01  6,000 examples/s");
    narrowTo(50);
    assertThat(drawn()).isEqualTo("epoch   2/30  1/7 rounds  0:01  6,000 examples/s");
    narrowTo(40);
    assertThat(drawn()).isEqualTo("epoch   2/30  [     ]  1/7 rounds  0:01");
    narrowTo(30);
    assertThat(drawn()).isEqualTo("epoch   2/30  1/7 rounds");
    narrowTo(10);
    assertThat(drawn()).isEqualTo("epoch   2");
  }

  private void narrowTo(int columns) {
    width = columns;
    progress.statusLine().resized();
    bytes.reset();
  }

  @Test
  void lineOfAnEpochStaysAboveTheStatusLine() {
    progress.epochBegan(1, ROUNDS);
    progress.statusLine().draw();
    endEpoch(progress, 1);
    progress.epochBegan(2, ROUNDS);
    width = 100;
    progress.statusLine().resized();
    progress.statusLine().draw();
    assertThat(new Screen(100).write(output()).rows())
        .containsExactly(FIRST, "epoch   2/30  [                              ]  0/7 rounds  0:00");
  }

  @Test
  void typedCharactersAreErased() {
    progress.statusLine().draw();
    out.print("^C");
    progress.close();
    out.print("error: interrupted\n");
    assertThat(new Screen(80).write(output()).rows()).containsExactly("error: interrupted", "");
  }

  @Test
  void terminalKeepsExactlyTheLinesThatAFileGets() {
    width = 100;
    train(progress, progress.statusLine()::draw);
    progress.close();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    train(Progress.lines(30, new PrintWriter(file, true, StandardCharsets.UTF_8)), () -> {});
    assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo(FIRST + "\n" + SECOND + "\n");
    assertThat(new Screen(100).write(output()).rows()).containsExactly(FIRST, SECOND, "");
  }

  @Test
  void continuedRunShowsWhereItContinuesInsteadOfEarlierEpochs() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Progress lines = Progress.lines(30, new PrintWriter(file, true, StandardCharsets.UTF_8));
    lines.resumed(5);
    assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("resumed  after epoch 5 of 30\n");
    width = 80;
    progress.resumed(5);
    progress.statusLine().draw();
    assertThat(new Screen(80).write(output()).rows())
        .containsExactly("resumed  after epoch 5 of 30", "5 of 30 epochs trained  0:00");
    progress.close();
  }

  @Test
  void finalMessageIsTheLastLine() {
    Progress lines = Progress.lines(30, new PrintWriter(out, true, StandardCharsets.UTF_8));
    for (Progress closed : List.of(progress, lines)) {
      closed.close();
      bytes.reset();
      endEpoch(closed, 1);
      progress.statusLine().draw();
      assertThat(output()).isEmpty();
    }
  }

  @Test
  void windowThatHasJustBecomeNarrowerCutsTheStatusLineInsteadOfWrappingIt() {
    progress.epochBegan(1, ROUNDS);
    progress.statusLine().draw(); // for 80 columns
    assertThat(new Screen(20).write(output()).rows()).hasSize(1);
    endEpoch(progress, 1);
    progress.close();
    assertThat(String.join("", new Screen(20).write(output()).rows())).isEqualTo(FIRST);
  }
}
