package io.meanfield.fuzz;

import io.meanfield.LocalSpark;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.ReadContext;
import io.meanfield.data.prepared.PreparedSource;
import io.meanfield.pipeline.DataSplit;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.PrepareJob;
import io.meanfield.pipeline.TestJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of a prepared data set: its table in Parquet, or its description. The description has the
 * length of a sealed table.
 */
final class PreparedTarget implements Target {
  private static final String NAME = "prepared";
  private static final int CLASSES = 2;
  private static final Pattern LENGTH = Pattern.compile("(?<=\"bytes\" : )\\d+");

  private final Path runs;
  private final Path file;
  private final boolean sealed;
  private final List<byte[]> seeds;
  private final Path descriptionFile;
  private final String description;
  private final String fingerprint;

  private PreparedTarget(Path folder, boolean table, boolean sealed) {
    this.runs = folder.resolve("runs");
    this.sealed = sealed;
    Path prepared = prepare(runs, 0);
    this.descriptionFile = prepared.resolve("dataset.json");
    this.description = new String(Fixtures.read(descriptionFile), StandardCharsets.UTF_8);
    this.file = table ? onlyTable(prepared) : descriptionFile;
    this.seeds = List.of(Fixtures.read(file), other(table));
    this.fingerprint = open().fingerprint();
  }

  static Target table(Path folder) {
    return new PreparedTarget(folder, true, false);
  }

  static Target sealedTable(Path folder) {
    return new PreparedTarget(folder, true, true);
  }

  static Target description(Path folder) {
    return new PreparedTarget(folder, false, false);
  }

  /** Prepares a table and returns the directory of the run. */
  private static Path prepare(Path runs, int first) {
    Path csv = Fixtures.write(runs.resolveSibling("table.csv"), Tables.csv(first));
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "run.directory = \"" + runs + "\"",
                "data { format = csv, train.path = \"" + csv + "\", " + Tables.COLUMNS + " }"));
    new PrepareJob(TestJobs.context(settings, NAME), DataSplit.TRAIN, Optional.empty()).run();
    deleteChecksums(runs);
    return runs.resolve(NAME);
  }

  // Hadoop's checksums of local files find every change. Files that were copied have none.
  private static void deleteChecksums(Path folder) {
    for (Path file : files(folder, ".crc")) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path onlyTable(Path run) {
    return files(run.resolve("tables/examples"), ".parquet").get(0);
  }

  private static byte[] other(boolean table) {
    try {
      Path runs = Files.createTempDirectory("fuzz").resolve("runs");
      Path run = prepare(runs, 3);
      byte[] content = Fixtures.read(table ? onlyTable(run) : run.resolve("dataset.json"));
      org.apache.commons.io.FileUtils.deleteDirectory(runs.getParent().toFile());
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Dataset open() {
    return new PreparedSource(runs.toString(), NAME)
        .open(ReadContext.of(LocalSpark.context(), CLASSES).withTargets());
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public Map<Path, byte[]> files(byte[] content) {
    if (!sealed) {
      return Map.of(file, content);
    }
    String length = String.valueOf(content.length);
    String fitting = LENGTH.matcher(description).replaceFirst(length);
    return Map.of(file, content, descriptionFile, Fixtures.bytes(fitting));
  }

  // The fingerprint of all examples does not tell in which file an example has changed.
  @Override
  public String name() {
    return runs.getFileName() + "/" + NAME;
  }

  @Override
  public boolean listsProblems() {
    return true;
  }

  @Override
  public void read() {
    Dataset data = open();
    List<Examples> blocks = data.blocks().collect();
    WrongContent.unless(
        blocks.stream().mapToInt(Examples::count).sum() == Tables.ROWS,
        "the number of examples is wrong");
    blocks.forEach(block -> Contents.requireFinite(block, data.width()));
    WrongContent.unless(
        data.fingerprint().equals(fingerprint), "the examples are not those that were prepared");
  }
}
