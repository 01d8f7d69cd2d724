package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.report.page.Chart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CurveChartsTest {
  private static final int MOST_BYTES = 2_000_000;

  private static Curve.Line line(String run, int epochs, IntToDoubleFunction value) {
    return new Curve.Line(
        run,
        IntStream.rangeClosed(1, epochs).boxed().toList(),
        IntStream.rangeClosed(1, epochs).mapToObj(value::applyAsDouble).toList());
  }

  private static Chart chart(Curve... curves) {
    return (Chart) CurveCharts.of(List.of(curves)).get(0);
  }

  @Test
  void shortCurvesHaveEveryEpoch() {
    Chart chart = chart(new Curve("train_loss", List.of(line("a", 500, epoch -> 1.0 / epoch))));
    assertThat(chart.caption()).isEqualTo("train loss");
    assertThat(chart.series().get(0).x())
        .containsExactly(IntStream.rangeClosed(1, 500).asDoubleStream().toArray());
    assertThat(chart.series().get(0).y()).startsWith(1, 0.5).endsWith(1.0 / 499, 1.0 / 500);
  }

  @Test
  void longCurvesKeepTheLowestLossAndTheLastEpoch() {
    Curve.Line best18 = line("a", 1_001, epoch -> Math.abs(epoch - 18));
    Chart chart = chart(new Curve("train_loss", List.of(best18, line("b", 5, epoch -> epoch))));
    assertThat(chart.caption()).isEqualTo("train loss, every 3 epochs");
    assertThat(chart.series().get(0).x()).startsWith(1, 4, 7, 10, 13, 16, 18, 19, 22);
    assertThat(chart.series().get(0).x()).endsWith(997, 1_000, 1_001).hasSize(336);
    assertThat(chart.series().get(0).y()).startsWith(17, 14, 11, 8, 5, 2, 0, 1, 4);
    assertThat(chart.series().get(1).x()).containsExactly(1, 4, 5);
  }

  @Test
  void longCurvesKeepTheHighestAccuracy() {
    Curve.Line best18 = line("a", 1_001, epoch -> -Math.abs(epoch - 18));
    assertThat(chart(new Curve("train_accuracy", List.of(best18))).series().get(0).x())
        .startsWith(1, 4, 7, 10, 13, 16, 18, 19, 22);
  }

  @Test
  void pageOfTwentyRunsOf2000EpochsIsSmallerThanTwoMegabytes() throws IOException {
    Random random = new Random(1);
    List<String> runs =
        IntStream.rangeClosed(1, 20).mapToObj(run -> "mnist-2026-01-" + (run + 10)).toList();
    List<Curve> curves =
        Stream.of(
                "mean_return",
                "learning_rate",
                "validation_loss",
                "validation_accuracy",
                "train_loss",
                "train_accuracy")
            .map(metric -> new Curve(metric, lines(runs, random)))
            .toList();
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    ComparisonPage.of(new RunComparison(runs, List.of(), List.of(), List.of(), curves, List.of()))
        .write(page);
    assertThat(page.size()).isLessThan(MOST_BYTES);
    for (Chart.Series series : chart(curves.toArray(Curve[]::new)).series()) {
      assertThat(series.x().length).as("points of %s", series.name()).isBetween(50, 100);
    }
  }

  private static List<Curve.Line> lines(List<String> runs, Random random) {
    return runs.stream().map(run -> line(run, 2_000, epoch -> random.nextDouble())).toList();
  }
}
