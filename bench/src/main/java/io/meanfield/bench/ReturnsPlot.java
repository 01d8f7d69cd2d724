package io.meanfield.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Draws the returns of the episodes of several runs of {@code play}, while they learn and explore:
 * prints SVG with a line for each run, the mean of the last {@value #WINDOW} episodes. Prints on
 * standard error between which values that mean is in the last fifth of each run.
 */
public final class ReturnsPlot {
  private static final int WINDOW = 20;
  private static final int LEFT = 60;
  private static final int RIGHT = 580;
  private static final int TOP = 50;
  private static final int BOTTOM = 330;
  private static final double HIGHEST = 500;
  private static final List<String> COLOURS =
      List.of("#0072B2", "#D55E00", "#009E73", "#AA4499", "#E69F00", "#56B4E9");

  private final double steps;

  private ReturnsPlot(double steps) {
    this.steps = steps;
  }

  /** The end of an episode, and the mean return of the last episodes. */
  private record Point(long step, double mean) {}

  /** Takes the directories of the runs. */
  public static void main(String[] args) {
    if (args.length == 0) {
      throw new IllegalArgumentException("expected the directories of runs of play");
    }
    List<List<Point>> runs = new ArrayList<>();
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      for (String run : args) {
        runs.add(points(spark, run));
      }
    }
    long steps = runs.stream().flatMap(List::stream).mapToLong(Point::step).max().orElseThrow();
    for (int i = 0; i < args.length; i++) {
      System.err.println(args[i] + ": " + end(runs.get(i)));
    }
    new ReturnsPlot(steps).print(args, runs);
  }

  private static List<Point> points(SparkSession spark, String run) {
    List<Row> rows =
        spark
            .read()
            .parquet(run + "/tables/episodes")
            .orderBy("worker_step", "worker")
            .collectAsList();
    List<Point> points = new ArrayList<>();
    Deque<Double> last = new ArrayDeque<>();
    for (Row row : rows) {
      last.addLast(row.<Double>getAs("return"));
      if (last.size() > WINDOW) {
        last.removeFirst();
      }
      double mean = last.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      points.add(new Point(row.<Long>getAs("worker_step"), mean));
    }
    return points;
  }

  /** Returns how the returns are in the last fifth of the steps of a run. */
  private static String end(List<Point> points) {
    long steps = points.get(points.size() - 1).step();
    DoubleSummaryStatistics means =
        points.stream()
            .filter(point -> point.step() > 0.8 * steps)
            .mapToDouble(Point::mean)
            .summaryStatistics();
    return String.format(
        Locale.ROOT,
        "means of the last %d episodes in the last fifth of %,d steps: from %.1f to %.1f",
        WINDOW,
        steps,
        means.getMin(),
        means.getMax());
  }

  private double x(double step) {
    return LEFT + step / steps * (RIGHT - LEFT);
  }

  private static double y(double mean) {
    return BOTTOM - mean / HIGHEST * (BOTTOM - TOP);
  }

  private static void text(double x, double y, String anchor, String label) {
    System.out.printf(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        label);
  }

  private void print(String[] names, List<List<Point>> runs) {
    System.out.println(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 400\""
            + " font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">");
    System.out.println("<title>Return of the episodes against steps of a worker</title>");
    System.out.println(
        "<rect x=\"0.5\" y=\"0.5\" width=\"719\" height=\"399\" rx=\"8\" fill=\"#fff\""
            + " stroke=\"#bbb\"/>");
    text(LEFT, 28, "start", "return of an episode, mean of the last " + WINDOW + " of all workers");
    for (int tick = 0; tick <= HIGHEST; tick += 100) {
      System.out.printf(
          Locale.ROOT,
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
          LEFT,
          RIGHT,
          y(tick),
          y(tick));
      text(LEFT - 8, y(tick) + 4, "end", Integer.toString(tick));
    }
    int distance = steps > 100_000 ? 50_000 : 10_000;
    for (int tick = 0; tick <= steps; tick += distance) {
      text(x(tick), BOTTOM + 22, "middle", String.format(Locale.ROOT, "%,d", tick));
    }
    text((LEFT + RIGHT) / 2.0, BOTTOM + 48, "middle", "steps of a worker");
    for (int i = 0; i < runs.size(); i++) {
      line(runs.get(i), COLOURS.get(i % COLOURS.size()));
      legend(i, names[i]);
    }
    System.out.println("</svg>");
  }

  private void line(List<Point> points, String colour) {
    StringBuilder path = new StringBuilder();
    double drawn = Double.NEGATIVE_INFINITY;
    for (Point point : points) {
      double x = x((double) point.step());
      if (x >= drawn + 1) { // one point for a pixel
        path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(point.mean())));
        drawn = x;
      }
    }
    System.out.printf(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n",
        path.toString().strip(), colour);
  }

  private static void legend(int index, String name) {
    double y = TOP + 10 + 26.0 * index;
    System.out.printf(
        Locale.ROOT,
        "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"2\"/>%n",
        RIGHT + 15,
        RIGHT + 40,
        y,
        y,
        COLOURS.get(index % COLOURS.size()));
    text(RIGHT + 46, y + 4, "start", name.substring(name.lastIndexOf('/') + 1));
  }
}
