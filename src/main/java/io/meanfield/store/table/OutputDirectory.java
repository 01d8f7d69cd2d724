package io.meanfield.store.table;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.json.InvalidJsonException;
import io.meanfield.json.Json;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.file.AtomicFiles;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.InputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with files of rows at a path that the user chose. Spark writes a hidden directory
 * beside it, which then gets the name; {@value #SUCCESS} is written last. On local disks and on
 * HDFS, readers see all files or none; on an object store, which copies each file, they wait for
 * {@value #SUCCESS}.
 */
public final class OutputDirectory implements Output {
  private static final Logger LOG = LoggerFactory.getLogger(OutputDirectory.class);
  private static final String MARKER = "_meanfield.json";
  private static final String SUCCESS = "_SUCCESS";
  private static final String REPLACED = "replaced";
  private static final int UUID_LENGTH = 36;
  private static final int SCHEMA_VERSION = 1;

  private final Path path;
  private final RowFormat format;
  private final Configuration hadoop;

  /** The content of the file that shows which run wrote the directory. */
  record Marker(int schemaVersion, String runId) {}

  private OutputDirectory(Path path, RowFormat format, Configuration hadoop) {
    this.path = path;
    this.format = format;
    this.hadoop = hadoop;
  }

  /** Returns the directory at a location as the user wrote it. */
  public static OutputDirectory at(Configuration hadoop, String location, RowFormat format) {
    return new OutputDirectory(HadoopPaths.resolve(location), format, hadoop);
  }

  @Override
  public String display() {
    return HadoopPaths.display(path);
  }

  /** Returns whether one of two paths is the other one or lies below it. */
  public boolean overlaps(Path other) throws IOException {
    String here = fileSystem().makeQualified(path) + "/";
    String there = other.getFileSystem(hadoop).makeQualified(other) + "/";
    return here.startsWith(there) || there.startsWith(here);
  }

  @Override
  public void prepare(RunId run, Output.Replacement replacement) {
    if (path.getParent() == null) {
      throw refused("is the root of a file system; expected the path of a new directory");
    }
    try {
      restore(run);
      if (!isFree()) {
        requireReplaceable(run, replacement);
      }
      requireWritable(run);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Writes a hidden file beside the directory, before any row is read. */
  private void requireWritable(RunId run) throws IOException {
    AtomicFiles files = new AtomicFiles(hadoop, Fence.OPEN);
    Path file = hidden(run, UUID.randomUUID().toString());
    files.replace(file, out -> {});
    files.delete(file);
  }

  private boolean isFree() throws IOException {
    try {
      return fileSystem().listStatus(path).length == 0
          && fileSystem().getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return true;
    }
  }

  private void requireReplaceable(RunId run, Output.Replacement replacement) throws IOException {
    Optional<Marker> marker = marker();
    if (marker.isEmpty()) {
      throw refused(
          "exists and was not written by predict; choose another path, or delete it yourself");
    }
    boolean isOwn = marker.get().runId().equals(run.value());
    if (!isOwn && replacement == Output.Replacement.OF_SAME_RUN) {
      throw refused(
          String.format(
              Locale.ROOT,
              "has the predictions of run %s; choose another path, or add --overwrite to replace"
                  + " them",
              marker.get().runId()));
    }
  }

  private Optional<Marker> marker() throws IOException {
    Path file = new Path(path, MARKER);
    if (!fileSystem().exists(file)) {
      return Optional.empty();
    }
    byte[] json = new AtomicFiles(hadoop, Fence.CLOSED).read(file, InputFile.MAX_BYTES);
    try {
      return Optional.of(Json.parse(json, Marker.class));
    } catch (InvalidJsonException e) {
      throw refused(
          "exists and its %s is damaged: %s; choose another path, or delete it yourself"
              .formatted(MARKER, e.getMessage()));
    }
  }

  @Override
  public void write(RunDirectory run, Dataset<Row> rows, List<String> partitionBy, Runnable check) {
    run.requireHeld();
    // A random name, because the tasks of a process that was replaced may still write.
    Path draft = hidden(run.id(), UUID.randomUUID().toString());
    try {
      deleteLeftovers(run.id());
      writeAndPublish(run, rows, partitionBy.toArray(String[]::new), draft, check);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public Dataset<Row> rows(SparkSession spark) {
    return format.read(spark, path);
  }

  private void writeAndPublish(
      RunDirectory run, Dataset<Row> rows, String[] partitionBy, Path draft, Runnable check)
      throws IOException {
    try {
      format.write(rows, partitionBy, draft);
      check.run();
      publish(run, draft);
    } finally {
      fileSystem().delete(draft, true);
    }
  }

  private void publish(RunDirectory run, Path draft) throws IOException {
    AtomicFiles files = run.files();
    files.replace(
        new Path(draft, MARKER), FileContent.json(new Marker(SCHEMA_VERSION, run.id().value())));
    files.delete(new Path(draft, SUCCESS)); // written again when all files are in place
    Path replaced = hidden(run.id(), REPLACED);
    if (fileSystem().exists(path)) {
      files.moveDirectory(path, replaced);
    }
    try {
      files.moveDirectory(draft, path);
    } catch (IOException e) {
      restore(run.id());
      throw e;
    }
    files.replace(new Path(path, SUCCESS), out -> {});
    deleteReplaced(files, replaced);
  }

  // The new files are in place. What is left, such as a file that a reader keeps open on NFS, the
  // next attempt of the run deletes.
  private static void deleteReplaced(AtomicFiles files, Path replaced) {
    try {
      files.delete(replaced);
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", HadoopPaths.display(replaced), IoReason.of(e));
    }
  }

  /** Gives a directory its name back whose replacement was interrupted. */
  private void restore(RunId run) throws IOException {
    Path replaced = hidden(run, REPLACED);
    if (fileSystem().exists(replaced) && !fileSystem().exists(path)) {
      new AtomicFiles(hadoop, Fence.OPEN).moveDirectory(replaced, path);
    }
  }

  /** Deletes what earlier attempts of the run have left beside the directory. */
  private void deleteLeftovers(RunId run) throws IOException {
    Path parent = path.getParent();
    fileSystem().mkdirs(parent);
    FileStatus[] drafts =
        fileSystem()
            .listStatus(parent, file -> isLeftover(file.getName(), hidden(run, "").getName()));
    for (FileStatus draft : drafts) {
      fileSystem().delete(draft.getPath(), true);
    }
  }

  // By the length of the name, because the id of another run may begin as this one.
  private static boolean isLeftover(String name, String prefix) {
    return name.equals(prefix + REPLACED)
        || (name.startsWith(prefix) && name.length() == prefix.length() + UUID_LENGTH);
  }

  private Path hidden(RunId run, String suffix) {
    return new Path(path.getParent(), "." + path.getName() + "." + run.value() + "." + suffix);
  }

  private FileSystem fileSystem() throws IOException {
    return path.getFileSystem(hadoop);
  }

  private UserException refused(String problem) {
    return UserException.of(ErrorCode.WRONG_ARGUMENTS, "--out %s %s", display(), problem);
  }

  private UserException unwritable(IOException e) {
    return UserException.causedBy(
        e,
        ErrorCode.STORE_UNWRITABLE,
        "cannot write %s: %s; check the path of --out, its permissions and the free space",
        display(),
        IoReason.of(e));
  }
}
