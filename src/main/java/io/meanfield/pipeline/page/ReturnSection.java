package io.meanfield.pipeline.page;

import static io.meanfield.pipeline.page.RunRecord.number;
import static io.meanfield.pipeline.page.RunRecord.numbers;

import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Facts;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Series;
import io.meanfield.store.StoredRow;
import io.meanfield.train.EpochResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The returns of a run of {@code play}: of the test episodes, of the evaluations, and of the
 * episodes in which the workers learned. A run that has not succeeded has the mean returns of its
 * recorded epochs.
 */
final class ReturnSection {
  private static final String EVALUATIONS = "Return of the evaluations, without exploration";
  private static final Axis EPOCH = Axis.linear("epoch");
  private static final Axis RETURN = Axis.linear("return");

  private ReturnSection() {}

  static Optional<Section> of(RunRecord run) {
    List<Block> blocks = run.hasSucceeded() ? ofTables(run) : ofRecords(RunEpochs.of(run));
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("returns", "Returns", blocks));
  }

  private static List<Block> ofTables(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    List<StoredRow> rows = run.table("evaluations");
    set(rows, "test").stream().findFirst().map(ReturnSection::test).ifPresent(blocks::add);
    List<StoredRow> evaluations = set(rows, "validation");
    if (!evaluations.isEmpty()) {
      blocks.add(evaluations(evaluations, RunEpochs.of(run).best()));
    }
    Episodes episodes = Episodes.of(run);
    if (episodes.count() > 0) {
      blocks.add(new EpisodeCharts(episodes).returns());
    }
    return blocks;
  }

  private static List<StoredRow> set(List<StoredRow> rows, String name) {
    return rows.stream()
        .filter(row -> row.text("episode_set").filter(name::equals).isPresent())
        .toList();
  }

  private static Facts test(StoredRow test) {
    return new Facts(
        List.of(
            Fact.strong("mean test return", value(test, "mean_return")),
            new Fact("smallest test return", value(test, "min_return")),
            new Fact("largest test return", value(test, "max_return")),
            new Fact("test episodes", value(test, "episodes")),
            new Fact("epoch of the model", value(test, "epoch"))));
  }

  private static String value(StoredRow row, String column) {
    return Numbers.returned(number(row, column, Double.NaN));
  }

  private static Block evaluations(List<StoredRow> rows, Optional<Integer> best) {
    double[] epochs = numbers(rows, "epoch");
    return new LineChart(
        EVALUATIONS,
        EPOCH,
        RETURN,
        List.of(
            new Series("mean", epochs, numbers(rows, "mean_return")),
            new Series("smallest", epochs, numbers(rows, "min_return"))),
        best.map(epoch -> new Marker(epoch, "epoch of the model")).stream().toList());
  }

  private static List<Block> ofRecords(RunEpochs epochs) {
    List<EpochResult> all = epochs.results();
    return all.isEmpty()
        ? List.of()
        : List.of(
            new LineChart(
                EVALUATIONS,
                EPOCH,
                RETURN,
                List.of(
                    new Series(
                        "mean",
                        all.stream().mapToDouble(EpochResult::epoch).toArray(),
                        all.stream()
                            .mapToDouble(epoch -> epoch.scores().monitored().orElse(Double.NaN))
                            .toArray())),
                List.of()));
  }
}
