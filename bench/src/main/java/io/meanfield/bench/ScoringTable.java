package io.meanfield.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A table of customers for {@code dev/bench predict}: 18 columns, six of them features; a million
 * rows are about 115 MB of CSV.
 */
final class ScoringTable {
  /** The columns in their order. */
  static final List<String> COLUMNS =
      List.of(
          "customer",
          "name",
          "city",
          "plan",
          "age",
          "tenure",
          "monthly",
          "calls",
          "complaints",
          "discount",
          "email",
          "note",
          "region",
          "segment",
          "agent",
          "joined",
          "balance",
          "churned");

  /** The numeric columns that the network reads. */
  static final List<String> FEATURES =
      List.of("age", "tenure", "monthly", "calls", "complaints", "discount");

  private static final List<String> CITIES =
      List.of("Berlin", "Paris", "Rome", "Madrid", "Lisbon", "Vienna", "Prague", "Oslo");

  private ScoringTable() {}

  /** Writes the file of the first argument with as many rows as the second one says. */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
  }

  private static void write(Path file, int rows) throws IOException {
    Random random = new Random(7);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(String.join(",", COLUMNS) + "\n");
      for (int i = 0; i < rows; i++) {
        out.write(row(i, random));
      }
    }
  }

  private static String row(int i, Random random) {
    int age = 18 + random.nextInt(73);
    int tenure = random.nextInt(241);
    double monthly = 5 + random.nextInt(11500) / 100.0;
    int calls = random.nextInt(21);
    int complaints = random.nextInt(7);
    double discount = random.nextInt(1000) / 1000.0;
    double score = 0.6 * complaints - 0.01 * tenure + 0.02 * monthly - 2 * discount - 0.5;
    int churned = random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
    return String.format("c%07d,Name%d,%s,plan%d", i, i % 9973, CITIES.get(i % 8), i % 5)
        + ("," + age + "," + tenure + "," + monthly + "," + calls)
        + ("," + complaints + "," + discount)
        + (",user" + i % 99991 + "@example.org,note" + i % 77 + ",r" + i % 12 + ",s" + i % 4)
        + (",agent" + i % 321 + "," + (2010 + i % 15) + "-0" + (1 + i % 9) + "-1" + i % 10)
        + ("," + i * 37L % 10000 + "." + i % 10 + "," + churned + "\n");
  }
}
