package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.error.ErrorCode;
import io.meanfield.evaluate.metric.Direction;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RowTable;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.EpochResult;
import io.meanfield.train.History;
import io.meanfield.train.Monitor;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TrainingState;
import io.meanfield.train.checkpoint.Checkpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of runs of play whose tables and records are written without Spark. */
class PlayPageTest {
  private static final String HOST = "<img src=x onerror=alert(1)>";
  private static final EarlyStopping SELECTION =
      new EarlyStopping(
          Integer.MAX_VALUE, 0, new Monitor("mean_return", Direction.LARGER_IS_BETTER));
  private static final Status RUNNING = Status.running(Instant.EPOCH);
  private static final Status DONE =
      RUNNING.succeeded(
          Instant.EPOCH.plusSeconds(60),
          0,
          "played",
          new RunResult(Map.of("mean_return", 321.5, "epoch", 2.0), Optional.empty()));

  private record Ended(int worker, long step, double rewards, double epsilon) {}

  private record Evaluated(String set, int epoch, double mean, double least, double most) {}

  private static final RowTable<Ended> EPISODES =
      RowTable.<Ended>named("episodes")
          .column("worker", DataTypes.IntegerType, Ended::worker)
          .column("worker_step", DataTypes.LongType, Ended::step)
          .column("return", DataTypes.DoubleType, Ended::rewards)
          .column("epsilon", DataTypes.DoubleType, Ended::epsilon);
  private static final RowTable<Evaluated> EVALUATIONS =
      RowTable.<Evaluated>named("evaluations")
          .column("episode_set", DataTypes.StringType, Evaluated::set)
          .column("epoch", DataTypes.IntegerType, Evaluated::epoch)
          .column("episodes", DataTypes.IntegerType, row -> 100)
          .column("mean_return", DataTypes.DoubleType, Evaluated::mean)
          .column("min_return", DataTypes.DoubleType, Evaluated::least)
          .column("max_return", DataTypes.DoubleType, Evaluated::most);

  @TempDir private Path folder;

  private RunDirectory run;

  @BeforeEach
  void claim() {
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("pole"), Manifest.of(Map.of("command", "play")));
  }

  private static EpochResult epoch(int number, double meanReturn) {
    EpochResult.Scores scores =
        new EpochResult.Scores(
            0.25, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(meanReturn));
    return new EpochResult(number, scores, 80, 2, 0.001);
  }

  private static RoundRow round(int epoch, Optional<Double> loss) {
    return new RoundRow(
        epoch,
        epoch,
        0,
        0,
        HOST,
        new RoundRow.Work(80, 10, loss, Optional.empty(), false, Optional.empty()),
        new RoundRow.Cost(400, 100, 400, 8, 8));
  }

  /** Three epochs of one round each, of which the second is the best. */
  private void writeTables(List<Ended> episodes) {
    History history = new History(Engine.TORCH, SELECTION);
    TrainingState state = TrainingState.initial(LearnerState.fresh(new float[] {1}));
    double[] returns = {20, 300, 100};
    for (int i = 1; i <= 3; i++) {
      history.roundEnded(List.of(round(i, Optional.of(0.5 / i).filter(loss -> loss < 0.5))));
      history.epochEnded(epoch(i, returns[i - 1]), state);
    }
    try (Lease lease = Lease.take(run)) {
      history.write(lease.run());
      EPISODES.write(lease.run(), episodes);
      EVALUATIONS.write(
          lease.run(),
          List.of(
              new Evaluated("validation", 1, 20, 10, 30),
              new Evaluated("validation", 2, 300, 120, 500),
              new Evaluated("validation", 3, 100, 15, 200),
              new Evaluated("test", 2, 321.5, 111, 499)));
    }
  }

  private static List<Ended> episodes(int workers, int each) {
    return IntStream.range(0, workers)
        .boxed()
        .flatMap(
            worker ->
                IntStream.rangeClosed(1, each)
                    .mapToObj(i -> new Ended(worker, 10L * i, i + worker, 1.0 / i)))
        .toList();
  }

  private static List<Block> blocks(Page page, String id) {
    return page.sections().stream()
        .filter(section -> section.id().equals(id))
        .flatMap(section -> section.blocks().stream())
        .toList();
  }

  private static Chart chart(Page page, String section, String caption) {
    return blocks(page, section).stream()
        .filter(Chart.class::isInstance)
        .map(Chart.class::cast)
        .filter(chart -> chart.caption().startsWith(caption))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void testEpisodesAndEvaluationsTellWhichEpochTheModelHas() {
    writeTables(episodes(2, 3));
    Page page = RunPage.of(run, DONE);
    assertThat(page.sections())
        .extracting(Section::id)
        .containsExactly("summary", "returns", "learning", "time", "record");
    assertThat(page.keyFacts()).contains(Fact.strong("mean return", "321.50"));
    assertThat(((Block.Facts) blocks(page, "returns").get(0)).facts())
        .containsExactly(
            Fact.strong("mean test return", "321.50"),
            new Fact("smallest test return", "111"),
            new Fact("largest test return", "499"),
            new Fact("test episodes", "100"),
            new Fact("epoch of the model", "2"));
    Chart evaluations = chart(page, "returns", "Return of the evaluations");
    assertThat(evaluations.markers()).containsExactly(new Chart.Marker(2, "epoch of the model"));
    assertThat(evaluations.series().get(0).y()).containsExactly(20, 300, 100);
    assertThat(evaluations.series().get(1).y()).containsExactly(10, 120, 15);
  }

  @Test
  void episodesArePointsWithTheirRunningMean() {
    writeTables(episodes(1, 30));
    Chart returns = chart(RunPage.of(run, DONE), "returns", "Return of each episode");
    assertThat(returns.series()).extracting(Chart.Series::name).containsExactly("episode", "mean");
    assertThat(returns.series().get(0).line()).isEqualTo(Chart.Line.NONE);
    assertThat(returns.series().get(0).y()).startsWith(1, 2, 3).hasSize(30).endsWith(30);
    // The mean of 1 to n, and of the last twenty, 11 to 30.
    assertThat(returns.series().get(1).y()).startsWith(1, 1.5, 2).endsWith(20.5);
  }

  @Test
  void manyEpisodesAreThinnedOutAndTheLastOneStays() {
    writeTables(episodes(50, 100));
    Chart returns = chart(RunPage.of(run, DONE), "returns", "Return of each episode");
    assertThat(returns.caption()).endsWith("mean of 20 episodes, every 10 episodes");
    assertThat(returns.series().get(0).x()).hasSize(501).endsWith(1_000);
    Chart exploration = chart(RunPage.of(run, DONE), "learning", "Exploration");
    assertThat(exploration.caption()).endsWith(", every 10 episodes");
    assertThat(exploration.series().get(0).x()).hasSize(501).endsWith(1_000);
  }

  @Test
  void roundsBeforeTheFirstGradientStepHaveNoLoss() {
    writeTables(episodes(1, 2));
    Chart.Series loss =
        chart(RunPage.of(run, DONE), "learning", "Loss of each round").series().get(0);
    assertThat(loss.x()).containsExactly(2, 3);
    assertThat(loss.y()).containsExactly(0.25, 0.5 / 3);
  }

  /** Three epochs of two seconds, with a round of half a second each. */
  @Test
  void timeBetweenTheRoundsIsThatOfEvaluations() {
    writeTables(episodes(1, 2));
    Block.Facts facts =
        blocks(RunPage.of(run, DONE), "time").stream()
            .filter(Block.Facts.class::isInstance)
            .map(Block.Facts.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(facts.facts())
        .contains(new Fact("evaluations and files of replay memories", "4.5 s"));
  }

  @Test
  void runThatHasNotSucceededShowsItsRecordedEpochs() {
    writeTables(episodes(1, 2));
    try (Lease lease = Lease.take(run);
        Checkpoints checkpoints = new Checkpoints(lease.run(), 1, SELECTION)) {
      checkpoints.resume();
      checkpoints.roundEnded(List.of(round(1, Optional.of(0.75))));
      checkpoints.epochEnded(
          epoch(1, 42), TrainingState.initial(LearnerState.fresh(new float[] {1})));
      checkpoints.awaitWrites();
    }
    Status failed = RUNNING.failed(Instant.EPOCH, ErrorCode.DIVERGED, "no worker's loss is finite");
    for (Status status : List.of(RUNNING, failed)) {
      Page page = RunPage.of(run, status);
      assertThat(blocks(page, "returns")).hasSize(1);
      Chart evaluations = chart(page, "returns", "Return of the evaluations");
      assertThat(evaluations.markers()).isEmpty();
      assertThat(evaluations.series()).hasSize(1);
      assertThat(evaluations.series().get(0).y()).containsExactly(42);
      assertThat(blocks(page, "learning")).hasSize(1);
      assertThat(chart(page, "learning", "Loss").series().get(0).y()).containsExactly(0.75);
    }
  }

  @Test
  void hostileNamesAreText() throws IOException {
    writeTables(episodes(1, 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RunPage.of(run, DONE).write(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;")
        .doesNotContain(HOST);
  }
}
