package io.meanfield.report.page;

import io.meanfield.report.page.Chart.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A page with every kind of block, as a training of 30 epochs on handwritten digits fills it. */
final class DemoPage {
  static final List<String> DIGITS = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
  static final double[] EPOCH = IntStream.rangeClosed(1, 30).asDoubleStream().toArray();
  static final double[] TRAIN_LOSS = overEpochs(epoch -> 0.85 * Math.exp(-epoch / 5) + 0.021);
  static final double[] VALIDATION_LOSS =
      overEpochs(epoch -> 0.8 * Math.exp(-epoch / 4.4) + 0.066 + 0.00006 * epoch * epoch);
  static final double[] LEARNING_RATE =
      overEpochs(epoch -> epoch <= 10 ? 1e-3 : epoch <= 20 ? 3e-4 : 1e-4);
  static final double[] F1 =
      IntStream.range(0, 10).mapToDouble(digit -> 0.96 + 0.003 * digit).toArray();
  static final long[][] CONFUSION = confusion();

  private DemoPage() {}

  /** Writes the page to the file that is named. */
  public static void main(String[] arguments) throws IOException {
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]))) {
      page().write(out);
    }
  }

  static Page page() {
    return new Page(
        "mnist-2026-02-14",
        "train · 60,000 training and 10,000 test digits · 4 workers",
        List.of(
            Fact.strong("accuracy", "97.84 %"),
            new Fact("test loss", "0.0712"),
            Fact.warning("R²", "-0.25"),
            new Fact("duration", "4 min 12 s")),
        List.of(summary(), training(), classes(), speed(), settings()));
  }

  private static Section summary() {
    return new Section(
        "summary",
        "Summary",
        List.of(
            new Block.Prose(
                "The training ended after 30 epochs, because `train.epochs` was reached."),
            new Block.Prose(
                "The validation loss has not improved for 8 epochs. Maybe set"
                    + " `train.early-stopping.patience = 5`.",
                true)));
  }

  private static Section training() {
    return new Section(
        "training",
        "Training",
        List.of(
            Chart.lines(
                "Loss by epoch",
                "epoch",
                "loss",
                List.of(
                    new Series("training", EPOCH, TRAIN_LOSS),
                    new Series("validation", EPOCH, VALIDATION_LOSS)),
                List.of(new Chart.Marker(22, "best epoch"))),
            Chart.lines(
                "Learning rate by epoch",
                "epoch",
                "learning rate",
                new Series("learning rate", EPOCH, LEARNING_RATE, Chart.Line.STEP)),
            Chart.lines(
                "Return of the episodes",
                "step",
                "return",
                new Series("episode", EPOCH, TRAIN_LOSS, Chart.Line.NONE),
                new Series("mean", EPOCH, VALIDATION_LOSS)),
            new Table.Columns<Integer>()
                .number("epoch", String::valueOf)
                .number("validation loss", epoch -> fourDigits(VALIDATION_LOSS[epoch - 1]))
                .number("examples", epoch -> "54,000")
                .text("remark", epoch -> epoch == 22 ? "best" : "")
                .of("Epochs", IntStream.rangeClosed(1, 30).boxed().toList()),
            new Table.Columns<Integer>().number("epoch", String::valueOf).of("None", List.of()),
            new Block.Folded(
                new Table.Columns<Integer>()
                    .number("epoch", String::valueOf)
                    .of("Folded away", List.of(1, 2)))));
  }

  private static String fourDigits(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static Section classes() {
    double[] right = IntStream.range(0, 10).mapToDouble(i -> CONFUSION[i][i]).toArray();
    double[] wrong = DoubleStream.of(right).map(count -> 1_000 - count).toArray();
    return new Section(
        "classes",
        "Classes",
        List.of(
            new Block.Confusion("Confusion of the test digits", DIGITS, CONFUSION),
            Chart.bars(Chart.Kind.BARS, "F1 by class", DIGITS, "F1", List.of(Chart.bars("F1", F1))),
            Chart.bars(
                Chart.Kind.STACKED_BARS,
                "Digits by class and result",
                DIGITS,
                "digits",
                List.of(Chart.bars("right", right), Chart.bars("wrong", wrong)))));
  }

  private static Section speed() {
    List<String> hosts =
        List.of(
            "node-17.rack-a.example",
            "node-18.rack-a.example",
            "node-03.rack-b.example",
            "node-04.rack-b.example");
    return new Section(
        "speed",
        "Speed",
        List.of(
            new Chart(
                Chart.Kind.POINTS,
                "Predicted against actual loss",
                "training loss",
                "validation loss",
                List.of(),
                List.of(new Series("epoch", TRAIN_LOSS, VALIDATION_LOSS)),
                List.of()),
            Chart.bars(
                Chart.Kind.BARS,
                "Time by host",
                hosts,
                "seconds",
                List.of(
                    Chart.bars("computing", 190, 200, 170, 160),
                    Chart.bars("averaging", 30, 31, Double.NaN, 29)))));
  }

  private static Section settings() {
    return new Section(
        "settings",
        "Settings",
        List.of(
            new Block.Facts(
                List.of(new Fact("train.epochs", "30"), Fact.strong("engine", "torch")))));
  }

  private static double[] overEpochs(DoubleUnaryOperator value) {
    return DoubleStream.of(EPOCH).map(value).toArray();
  }

  private static long[][] confusion() {
    long[][] counts = new long[10][10];
    for (int digit = 0; digit < 10; digit++) {
      counts[digit][(digit + 5) % 10] = 20L + digit;
      counts[digit][digit] = 980L - digit;
    }
    return counts;
  }
}
