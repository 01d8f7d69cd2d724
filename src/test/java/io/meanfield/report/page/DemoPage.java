package io.meanfield.report.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A page with every kind of block, as a training of 30 epochs on handwritten digits fills it. */
final class DemoPage {
  static final int EPOCHS = 30;
  static final int BEST_EPOCH = 22;
  static final List<String> DIGITS = IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  private static final SplittableRandom RANDOM = new SplittableRandom(7);
  static final double[] EPOCH = IntStream.rangeClosed(1, EPOCHS).asDoubleStream().toArray();
  static final double[] TRAIN_LOSS = overEpochs(epoch -> 0.85 * Math.exp(-epoch / 5) + 0.021);
  static final double[] VALIDATION_LOSS =
      overEpochs(epoch -> 0.8 * Math.exp(-epoch / 4.4) + 0.066 + 0.00006 * epoch * epoch);
  static final double[] LEARNING_RATE =
      DoubleStream.of(EPOCH).map(epoch -> epoch <= 10 ? 1e-3 : epoch <= 20 ? 3e-4 : 1e-4).toArray();
  static final double[][] CONFUSION = confusion();
  static final double[] F1 =
      DoubleStream.of(CONFUSION[0]).map(x -> 0.96 + 0.03 * RANDOM.nextDouble()).toArray();

  private DemoPage() {}

  /** Writes the page to the file that is named. */
  public static void main(String[] arguments) throws IOException {
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]))) {
      PageWriter.write(page(), out);
    }
  }

  static Page page() {
    return new Page(
        "mnist-2026-02-14",
        "train · 60,000 training and 10,000 test digits · 4 workers · finished on 14 February 2026,"
            + " 02:13 UTC",
        List.of(
            Fact.strong("accuracy", "97.84 %"),
            new Fact("test loss", "0.0712"),
            new Fact("epochs", "30, best 22"),
            new Fact("duration", "4 min 12 s"),
            new Fact("parameters", "101,770")),
        List.of(summary(), training(), classes(), examples(), speed(), settings()));
  }

  private static Section summary() {
    return new Section(
        "summary",
        "Summary",
        List.of(
            new Paragraph(
                "The training ended after 30 epochs, because `train.epochs` was reached. The best"
                    + " validation loss was 0.0712 in epoch 22; the model of that epoch is the"
                    + " result."),
            new Hint(
                "The validation loss has not improved for 8 epochs. Maybe set"
                    + " `train.early-stopping.patience = 5`; that saves a quarter of the time."),
            new Cards(
                "This run and the two before",
                List.of(
                    card("mnist-2026-02-14", "97.84 %", "0.0712", true),
                    card("mnist-2026-02-13", "97.61 %", "0.0788", false),
                    card("mnist-2026-02-12", "97.00 %", "0.0991", false)))));
  }

  private static Card card(String run, String accuracy, String loss, boolean best) {
    return new Card(
        run,
        List.of(
            best ? Fact.strong("accuracy", accuracy) : new Fact("accuracy", accuracy),
            best ? Fact.strong("loss", loss) : new Fact("loss", loss),
            new Fact("workers", "4"),
            new Fact("duration", "4 min 12 s")));
  }

  private static Section training() {
    Axis epoch = Axis.linear("epoch");
    return new Section(
        "training",
        "Training",
        List.of(
            lossChart(),
            new LineChart(
                "Learning rate by epoch",
                epoch,
                Axis.log("learning rate"),
                List.of(new Series("learning rate", EPOCH, LEARNING_RATE, Series.Line.STEP)),
                List.of()),
            epochTable()));
  }

  static LineChart lossChart() {
    return new LineChart(
        "Loss by epoch",
        Axis.linear("epoch"),
        Axis.linear("loss"),
        List.of(
            new Series("training", EPOCH, TRAIN_LOSS),
            new Series("validation", EPOCH, VALIDATION_LOSS)),
        List.of(new Marker(BEST_EPOCH, "best epoch")));
  }

  private static DataTable epochTable() {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < EPOCHS; i++) {
      rows.add(
          List.of(
              Cell.of(i + 1, 0),
              Cell.of(TRAIN_LOSS[i], 4),
              Cell.of(VALIDATION_LOSS[i], 4),
              Cell.of(54_000, 0),
              Cell.of(8.1 + RANDOM.nextDouble(), 1),
              i + 1 == BEST_EPOCH ? Cell.of("best") : Cell.empty()));
    }
    List<Column> columns =
        List.of(
            Column.number("epoch"),
            Column.number("training loss"),
            Column.number("validation loss"),
            Column.number("examples"),
            Column.number("seconds"),
            Column.text("remark"));
    return new DataTable("Epochs", columns, rows);
  }

  private static Section classes() {
    double[] support =
        IntStream.range(0, 10).mapToDouble(i -> DoubleStream.of(CONFUSION[i]).sum()).toArray();
    return new Section(
        "classes",
        "Classes",
        List.of(
            new HeatMap(
                "Confusion of the test digits", DIGITS, DIGITS, CONFUSION, "actual", "predicted"),
            new BarChart(
                "F1 by class",
                DIGITS,
                Axis.linear("F1"),
                List.of(new BarSeries("F1", F1)),
                BarChart.Arrangement.GROUPED),
            new BarChart(
                "Digits by class and result",
                DIGITS,
                Axis.linear("digits"),
                List.of(
                    new BarSeries(
                        "right",
                        IntStream.range(0, 10).mapToDouble(i -> CONFUSION[i][i]).toArray()),
                    new BarSeries(
                        "wrong",
                        IntStream.range(0, 10)
                            .mapToDouble(i -> support[i] - CONFUSION[i][i])
                            .toArray())),
                BarChart.Arrangement.STACKED)));
  }

  private static Section examples() {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int actual = i % 10;
      int predicted = (actual + 1 + i / 10) % 10;
      String caption = "is " + actual + ", predicted " + predicted + " (" + (60 + i) + " %)";
      pictures.add(new Picture(DrawnDigit.png(actual), caption, "handwritten " + actual));
    }
    return new Section(
        "errors",
        "Errors",
        List.of(new Gallery("Digits with the surest wrong predictions", pictures)));
  }

  private static Section speed() {
    List<PointSeries> workers = new ArrayList<>();
    for (int worker = 0; worker < 4; worker++) {
      double[] compute = random(25, 180 + 15 * worker, 20);
      double[] wait = random(25, 40 - 8 * worker, 10);
      List<String> rounds =
          IntStream.rangeClosed(1, 25).mapToObj(round -> "round " + round).toList();
      workers.add(new PointSeries("worker " + worker, compute, wait, rounds));
    }
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
            new ScatterChart(
                "Computing and waiting time of each worker",
                Axis.linear("computing ms"),
                Axis.linear("waiting ms"),
                workers),
            new BarChart(
                "Time by host",
                hosts,
                Axis.linear("seconds"),
                List.of(
                    new BarSeries("computing", random(4, 190, 30)),
                    new BarSeries("averaging", random(4, 30, 9)),
                    new BarSeries("waiting", random(4, 21, 9))),
                BarChart.Arrangement.GROUPED),
            DemoLines.overTime(),
            DemoLines.points()));
  }

  private static Section settings() {
    return new Section(
        "settings",
        "Settings",
        List.of(
            new Facts(
                List.of(
                    new Fact("train.epochs", "30"),
                    new Fact("train.batch-size", "128"),
                    new Fact("train.workers", "4"),
                    new Fact("train.sync-frequency", "50"),
                    new Fact("network.optimizer", "adam"),
                    new Fact("random seed", "12345"),
                    new Fact("git commit", "2d840f4c1b7e55a0c9d3"),
                    Fact.strong("engine", "torch")))));
  }

  private static double[] overEpochs(DoubleUnaryOperator value) {
    return DoubleStream.of(EPOCH)
        .map(value)
        .map(x -> x * (0.97 + 0.06 * RANDOM.nextDouble()))
        .toArray();
  }

  private static double[] random(int size, double mean, double spread) {
    return RANDOM.doubles(size, mean - spread, mean + spread).toArray();
  }

  private static double[][] confusion() {
    double[][] counts = new double[10][10];
    int[][] alike = {{4, 9}, {3, 5}, {7, 9}, {2, 7}, {3, 8}, {5, 8}, {0, 6}};
    for (int digit = 0; digit < 10; digit++) {
      counts[digit][digit] = 880 + RANDOM.nextInt(250);
    }
    for (int[] pair : alike) {
      counts[pair[0]][pair[1]] = 4 + RANDOM.nextInt(14);
      counts[pair[1]][pair[0]] = 3 + RANDOM.nextInt(9);
    }
    for (int i = 0; i < 40; i++) {
      int row = RANDOM.nextInt(10);
      counts[row][(row + 1 + RANDOM.nextInt(9)) % 10]++;
    }
    return counts;
  }
}
