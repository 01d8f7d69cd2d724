package io.meanfield.store.table;

import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of a run, kept as Parquet under {@code tables/<name>/}. Its first column is {@code
 * run_id}. File names consist of run, table and part, so writing a table again replaces its rows
 * and duplicates none.
 */
public record Table(String name) {
  /** Writes one file, which replaces all files of the table. */
  void write(RunDirectory run, FileContent file) {
    Path directory = run.path("tables/" + name);
    try {
      Path part = part(run, 0);
      run.files().replace(part, file);
      deleteOthers(run, List.of(part.getName()));
    } catch (IOException e) {
      throw run.unwritable(directory, e);
    }
  }

  /** Writes distributed rows, one file per partition. */
  void write(RunDirectory run, Dataset<Row> rows) {
    run.requireHeld();
    // A random name, because Spark's tasks check no fence, and a process that was replaced may
    // still write to its draft.
    Path draft = run.path(RunDirectory.DRAFTS + "/" + name + "-" + UUID.randomUUID());
    try {
      writeAndPublish(run, rows, draft);
    } catch (IOException e) {
      throw run.unwritable(run.path("tables/" + name), e);
    }
  }

  /** Returns the rows of a run's table; empty if the run has no such table. */
  public static List<Row> read(SparkSession spark, RunDirectory run, String name) {
    return run.exists("tables/" + name)
        ? spark.read().parquet(HadoopPaths.literal(run.path("tables/" + name))).collectAsList()
        : List.of();
  }

  private void writeAndPublish(RunDirectory run, Dataset<Row> rows, Path draft) throws IOException {
    try {
      RowFormat.PARQUET.write(rows, new String[0], draft);
      publish(run.fileSystem(), draft, run);
    } finally {
      run.fileSystem().delete(draft, true);
    }
  }

  // Moves file by file, because a directory rename is not atomic on an object store.
  private void publish(FileSystem fileSystem, Path draft, RunDirectory run) throws IOException {
    Path directory = run.path("tables/" + name);
    fileSystem.mkdirs(directory);
    // Names, because listed paths may be qualified and constructed ones not.
    List<String> published = new ArrayList<>();
    for (Path part : parts(fileSystem, draft)) {
      Path target = part(run, published.size());
      run.files().move(part, target);
      published.add(target.getName());
    }
    deleteOthers(run, published);
  }

  private Path part(RunDirectory run, int number) {
    return run.path(String.format("tables/%s/%s-%s-%05d.parquet", name, run.id(), name, number));
  }

  private void deleteOthers(RunDirectory run, List<String> published) throws IOException {
    for (Path old : parts(run.fileSystem(), run.path("tables/" + name))) {
      if (!published.contains(old.getName())) {
        run.files().delete(old);
      }
    }
  }

  private static List<Path> parts(FileSystem fileSystem, Path directory) throws IOException {
    return Arrays.stream(
            fileSystem.listStatus(directory, path -> path.getName().endsWith(".parquet")))
        .map(FileStatus::getPath)
        .sorted(Comparator.comparing(Path::getName))
        .toList();
  }
}
