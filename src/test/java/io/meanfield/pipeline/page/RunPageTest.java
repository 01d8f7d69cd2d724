package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.error.ErrorCode;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.TestEpochs;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.History;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TrainingState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of trainings whose tables and records are written without Spark. */
class RunPageTest {
  private static final Status RUNNING = Status.running(Instant.EPOCH);

  @TempDir private Path folder;

  private RunDirectory run;

  @BeforeEach
  void claim() {
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("run"), Manifest.of(Map.of("command", "train")));
  }

  private static Status succeeded(Map<String, Double> metrics) {
    return RUNNING.succeeded(
        Instant.EPOCH.plusSeconds(60), 0, "done", new RunResult(metrics, Optional.empty()));
  }

  private void writeTables(List<EpochResult> epochs, List<RoundRow> rounds) {
    History history = new History(Engine.TORCH, EarlyStopping.OFF);
    TrainingState state = TrainingState.initial(LearnerState.fresh(new float[] {1}));
    history.roundEnded(rounds);
    epochs.forEach(epoch -> history.epochEnded(epoch, Optional.of(state)));
    try (Lease lease = Lease.take(run)) {
      history.write(lease.run());
    }
  }

  private static List<EpochResult> epochs(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> TestEpochs.result(i, 0.6)).toList();
  }

  private static RoundRow round(int round, int worker, double task) {
    return new RoundRow(
        1,
        round,
        worker,
        worker,
        "host",
        new RoundRow.Work(50, 5, Optional.of(0.5), Optional.empty(), false, Optional.of(0.25)),
        new RoundRow.Cost(25, 80, task, 8, 8));
  }

  private static Section section(Page page, String id) {
    return page.sections().stream().filter(found -> found.id().equals(id)).findFirst().get();
  }

  private static Chart chart(Page page, String section, String caption) {
    return section(page, section).blocks().stream()
        .filter(Chart.class::isInstance)
        .map(Chart.class::cast)
        .filter(chart -> chart.caption().startsWith(caption))
        .findFirst()
        .get();
  }

  /** Three epochs are recorded, one more than the tables of the success before have. */
  @Test
  void runThatFailedShowsItsRecordedEpochs() {
    writeTables(epochs(2), List.of(round(1, 0, 25)));
    try (Lease lease = Lease.take(run)) {
      TestEpochs.write(lease.run(), 1, 3, 0.6);
    }
    Page page =
        RunPage.of(run, RUNNING.failed(Instant.EPOCH, ErrorCode.DIVERGED, "the loss is NaN"));
    assertThat(page.sections())
        .extracting(Section::id)
        .containsExactly("summary", "learning", "record");
    Chart loss = chart(page, "learning", "Loss by epoch");
    assertThat(loss.series().get(1).x()).containsExactly(1, 2, 3);
    assertThat(loss.series().get(1).y()).containsExactly(0.6, 0.3, 0.6 / 3);
    assertThat(loss.markers()).isEmpty();
  }

  @Test
  void runThatTrainsShowsItsRecordedEpochs() {
    try (Lease lease = Lease.take(run)) {
      TestEpochs.write(lease.run(), 1, 2, 0.6);
    }
    assertThat(chart(RunPage.of(run, RUNNING), "learning", "Accuracy").series().get(0).y())
        .containsExactly(0.9, 0.9);
  }

  @Test
  void playShowsTheMeanReturnOfEachEpoch() {
    RunDirectory pole =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("pole"), Manifest.of(Map.of("command", "play")));
    try (Lease lease = Lease.take(pole)) {
      TestEpochs.play(lease.run(), 20, 300);
    }
    Page page = RunPage.of(pole, RUNNING);
    assertThat(page.sections())
        .extracting(Section::id)
        .containsExactly("summary", "learning", "record");
    Chart returns = chart(page, "learning", "Monitored metric by epoch: mean_return");
    assertThat(returns.series().get(0).y()).containsExactly(20, 300);
  }

  @Test
  void manyEpochsAreThinnedOutAndTheLastOneStays() {
    writeTables(epochs(1_001), List.of());
    Chart loss = chart(RunPage.of(run, succeeded(Map.of())), "learning", "Loss");
    assertThat(loss.caption()).isEqualTo("Loss by epoch, every 3 epochs");
    assertThat(loss.series().get(0).x()).startsWith(1, 4, 7).endsWith(1_000, 1_001).hasSize(335);
  }

  /** The validation loss is lowest after epoch 2 and rises by half. */
  private static List<EpochResult> overfitting() {
    double[] validation = {0.5, 0.4, 0.5, 0.55, 0.6};
    return IntStream.range(0, validation.length)
        .mapToObj(
            i ->
                new EpochResult(
                    i + 1,
                    new EpochResult.Scores(
                        1.0 / (i + 1),
                        Optional.empty(),
                        Optional.of(validation[i]),
                        Optional.empty()),
                    100,
                    1,
                    0.001))
        .toList();
  }

  @Test
  void overfittingIsAWarningUnlessEarlyStoppingHasKeptTheBestEpoch() {
    writeTables(overfitting(), List.of());
    Block warning =
        new Block.Prose(
            "The model over-fits from epoch 3; early stopping would have kept epoch 2"
                + " (train.early-stopping.patience = 1 or more).",
            true);
    assertThat(section(RunPage.of(run, succeeded(Map.of())), "learning").blocks())
        .contains(warning);
    Map<String, Object> patience = Map.of("train", Map.of("early-stopping", Map.of("patience", 1)));
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(
                new RunId("stopped"),
                Manifest.of(Map.of("command", "train", "settings", patience)));
    writeTables(overfitting(), List.of());
    assertThat(section(RunPage.of(run, succeeded(Map.of())), "learning").blocks())
        .hasSize(2)
        .doesNotContain(warning)
        .noneMatch(Block.Prose.class::isInstance);
  }

  @Test
  void constantLearningRateIsAFactAndNoChart() {
    writeTables(epochs(3), List.of());
    Page page = RunPage.of(run, succeeded(Map.of()));
    assertThat(captions(page, "learning")).noneMatch(caption -> caption.startsWith("Learning"));
    assertThat(section(page, "learning").blocks())
        .contains(new Block.Facts(List.of(new Fact("learning rate, constant", "0.001"))));
  }

  @Test
  void regressionThatIsNoBetterThanTheMeanIsAWarning() {
    Page page = RunPage.of(run, succeeded(Map.of("mse", 12_345_678.9, "r2", -0.25)));
    assertThat(page.keyFacts())
        .contains(Fact.strong("MSE", "12,345,679"), Fact.warning("R²", "-0.2500"));
    assertThat(section(page, "summary").blocks())
        .contains(
            new Block.Prose(
                "The model is no better than predicting the mean of the targets: its R² is -0.2500,"
                    + " and that of the mean is 0.",
                true));
    Page good = RunPage.of(run, succeeded(Map.of("mse", 0.5, "r2", 0.75)));
    assertThat(good.keyFacts()).contains(new Fact("R²", "0.7500"));
    assertThat(section(good, "summary").blocks())
        .noneMatch(block -> block instanceof Block.Prose prose && prose.hint());
  }

  private static List<String> captions(Page page, String section) {
    return section(page, section).blocks().stream()
        .filter(Chart.class::isInstance)
        .map(block -> ((Chart) block).caption())
        .toList();
  }
}
