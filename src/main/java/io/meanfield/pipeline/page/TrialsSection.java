package io.meanfield.pipeline.page;

import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Chart.Series;
import io.meanfield.report.page.Table;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.table.StoredRow;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.EpochResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The trials of a search: the best ones by epoch, and all of them in a table. */
final class TrialsSection {
  private static final int MOST_LINES = 6;
  private static final String LOSS = "validation loss";

  private TrialsSection() {}

  static List<Block> blocks(RunRecord run) {
    List<StoredRow> trials = run.table("trials");
    if (trials.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            String.format(
                Locale.ROOT,
                "Each trial is a run of its own. Trial 0 has the settings as they are. A trial that"
                    + " is stopped was worse than half of the others after the same part of its"
                    + " epochs. The epochs of all trials took %s.",
                Numbers.duration(Duration.ofMillis(Math.round(1000 * seconds(trials)))))));
    List<Series> lines = lines(run, trials);
    if (!lines.isEmpty()) {
      blocks.add(
          Chart.lines(
              "The " + LOSS + " of the first and the best trials",
              "epoch",
              LOSS,
              lines,
              List.of()));
    }
    blocks.add(
        new Table.Columns<StoredRow>()
            .number("trial", row -> Integer.toString(number(row)))
            .text("state", row -> row.text("state").orElse(""))
            .number("epochs", row -> Integer.toString(RunRecord.integer(row, "epochs")))
            .number(
                trials.get(0).text("metric").orElse(""),
                row -> row.number("value").map(ReadableNumber::fixed).orElse(""))
            .number("seconds", row -> RunRecord.decimals(row, "seconds", 0))
            .text("settings", row -> row.text("changes").orElse(""))
            .of("Trials", trials));
    return blocks;
  }

  private static double seconds(List<StoredRow> trials) {
    return trials.stream().mapToDouble(row -> RunRecord.number(row, "seconds", 0)).sum();
  }

  private static int number(StoredRow row) {
    return RunRecord.integer(row, "trial");
  }

  private static List<Series> lines(RunRecord run, List<StoredRow> trials) {
    double best = run.status().result().metrics().getOrDefault("best_trial", 0.0);
    Comparator<StoredRow> firstAndBest =
        Comparator.comparing(row -> number(row) != 0 && number(row) != best);
    return trials.stream()
        .sorted(firstAndBest.thenComparing(row -> -RunRecord.integer(row, "epochs")))
        .limit(MOST_LINES)
        .sorted(Comparator.comparing(TrialsSection::number))
        .flatMap(row -> line(run, row).stream())
        .toList();
  }

  private static Optional<Series> line(RunRecord run, StoredRow trial) {
    RunDirectory search = run.directory().orElseThrow();
    List<EpochResult> epochs =
        new Runs(search.hadoop(), search.model().getParent().getParent().toString())
                .find(new RunId(trial.text("trial_run_id").orElseThrow()))
                .map(found -> RecordedEpoch.of(found).stream().map(RecordedEpoch::result))
                .stream()
                .flatMap(found -> found)
                .filter(epoch -> epoch.validationLoss().isPresent())
                .toList();
    return epochs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Series(
                "trial " + number(trial),
                epochs.stream().mapToDouble(EpochResult::epoch).toArray(),
                epochs.stream()
                    .mapToDouble(epoch -> epoch.validationLoss().orElseThrow())
                    .toArray()));
  }
}
