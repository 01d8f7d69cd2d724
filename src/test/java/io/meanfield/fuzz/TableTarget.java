package io.meanfield.fuzz;

import io.meanfield.LocalSpark;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.ReadContext;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.settings.SettingsTree;
import java.nio.file.Path;
import java.util.List;

/** A table that {@code train} reads. */
final class TableTarget implements Target {
  private static final int CLASSES = 2;

  private final Path file;
  private final List<byte[]> seeds;
  private final String settings;

  /**
   * Writes the first of several valid contents.
   *
   * @param settings the settings of {@code data}
   */
  TableTarget(Path file, List<byte[]> seeds, String settings) {
    this.file = Fixtures.write(file, seeds.get(0));
    this.seeds = seeds;
    this.settings = settings;
  }

  static Target csv(Path folder) {
    List<byte[]> seeds = List.of(Fixtures.bytes(Tables.csv(0)), Fixtures.bytes(Tables.csv(3)));
    Path file = folder.resolve("table.csv");
    return new TableTarget(
        file, seeds, "format = csv, train.path = \"" + file + "\", " + Tables.COLUMNS);
  }

  static Target sparkSource(Path folder) {
    List<byte[]> seeds = List.of(Fixtures.bytes(Tables.json(0)), Fixtures.bytes(Tables.json(3)));
    Path file = folder.resolve("table.json");
    return new TableTarget(
        file,
        seeds,
        "format = spark, train { source = json, path = \""
            + file
            + "\" }, "
            + Tables.COLUMNS_OF_JSON);
  }

  static Target parquet(Path folder) {
    List<byte[]> seeds = List.of(ParquetBytes.of(Tables.json(0)), ParquetBytes.of(Tables.json(3)));
    Path file = folder.resolve("table.parquet");
    return new TableTarget(
        file, seeds, "format = parquet, train.path = \"" + file + "\", " + Tables.COLUMNS);
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public boolean listsProblems() {
    return true;
  }

  @Override
  public void read() {
    check(open());
  }

  /** Opens the table, of whose examples it reads what the encoder needs. */
  Dataset open() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("data { " + settings + " }"));
    return DataSettings.read(tree.section("data"), "runs")
        .train()
        .open(
            ReadContext.of(LocalSpark.context(), CLASSES)
                .withTargets()
                .fittedTo(new TrainingShare(0.25, 1)));
  }

  /** Reads all examples and checks their number and their features. */
  static void check(Dataset data) {
    List<Examples> blocks = data.blocks().collect();
    WrongContent.unless(
        blocks.stream().mapToInt(Examples::count).sum() == data.count(),
        "the number of examples is wrong");
    blocks.forEach(block -> Contents.requireFinite(block, data.width()));
  }
}
