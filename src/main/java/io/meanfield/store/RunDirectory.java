package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one run; driver only. Only the directory that {@link Lease#run()} returns can be
 * written to.
 */
public final class RunDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);

  /** The name of the file with the model. */
  public static final String MODEL = "model.zip";

  /** The name of the file that describes the run. */
  public static final String MANIFEST = "run.json";

  /** The name of the file with the state of the run. */
  public static final String STATUS = "status.json";

  /** The name of the file with the page of the run. */
  public static final String PAGE = "report.html";

  /** The directory with the tables. */
  public static final String TABLES = "tables";

  static final String DRAFTS = "drafts";

  private static final String RUN_ID = "run_id";

  // A model cannot be applied without its encodings, nor new data checked without the reference.
  private static final List<String> MODEL_FILES =
      List.of(MODEL, "encodings.json", "reference.json");

  private final RunId id;
  private final Path path;
  private final Configuration hadoop;
  private final Fence fence;
  private final StoreDirectory directory;

  RunDirectory(RunId id, Path path, Configuration hadoop, Fence fence) {
    this.id = id;
    this.path = path;
    this.hadoop = hadoop;
    this.fence = fence;
    this.directory = new StoreDirectory(hadoop, path, RunSettings.DIRECTORY, fence);
  }

  /**
   * Returns whether the directory holds a run: it has a manifest, and the run is not being deleted.
   */
  public boolean isRun() {
    return exists(MANIFEST) && !isBeingDeleted();
  }

  /** Returns whether a deletion of the run has begun; the next one completes it. */
  public boolean isBeingDeleted() {
    return exists(RunDeletion.MARK);
  }

  /** Returns the sizes of the files. */
  public DiskUsage usage() {
    return new DiskUsage(directory);
  }

  /**
   * Returns when a process has last worked on the run, by the clock of the file system: its newest
   * heartbeat, or the file that began the run.
   */
  public Optional<Instant> lastHeartbeat() {
    LeaseEntries entries = new LeaseEntries(this);
    return entries
        .lastBeat(entries.newest())
        .or(() -> usage().modified(MANIFEST))
        .or(() -> usage().modified(RunDeletion.MARK));
  }

  /** Returns whether the directory has a file or directory with this name. */
  public boolean exists(String name) {
    return directory.exists(name);
  }

  /** Returns whether the directory has a directory with this name. */
  public boolean isDirectory(String name) {
    return directory.isDirectory(name);
  }

  /** Returns the same directory, whose changes must pass {@code other}. */
  RunDirectory withFence(Fence other) {
    return new RunDirectory(id, path, hadoop, other);
  }

  /**
   * Throws unless this process holds the run. Every write checks this itself; call this method
   * before long work whose results could not be written.
   *
   * @throws UserException if another process has taken the run over
   */
  public void requireHeld() {
    fence.requireHeld();
  }

  public RunId id() {
    return id;
  }

  /** The location of the directory, for messages. */
  public String display() {
    return directory.display();
  }

  /** The path of the model, a file in the format of DL4J. */
  public Path model() {
    return path(MODEL);
  }

  /** Returns the directory with the files of a table. */
  public Path table(String name) {
    return path(TABLES + "/" + name);
  }

  Path path(String name) {
    return directory.path(name);
  }

  Path path() {
    return path;
  }

  public Manifest manifest() {
    return directory
        .readManifest(MANIFEST)
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.WRONG_ARGUMENTS, display() + " is not a run: it has no " + MANIFEST));
  }

  /**
   * Replaces the manifest of the run, for a run that is extended. The run keeps its recorded id:
   * the records of its epochs have it, also in a copy of the directory with another name.
   */
  public void replaceManifest(Manifest manifest) {
    Manifest replacement =
        manifest().string(RUN_ID).map(recorded -> manifest.with(RUN_ID, recorded)).orElse(manifest);
    replace(MANIFEST, replacement.content());
  }

  public void write(Status status) {
    replace(STATUS, FileContent.json(status));
  }

  /** Returns the status of the run; empty if the run has never been started. */
  public Optional<Status> status() {
    return read(STATUS, Status.class);
  }

  /**
   * Returns the status of the run; empty if the run has never been started, or if the file is
   * damaged, of which a warning tells.
   */
  public Optional<Status> statusUnlessDamaged() {
    readBytes(STATUS); // throws if the file cannot be read now, which is no damage
    try {
      return status();
    } catch (UserException damaged) {
      LOG.warn("{}; the run counts as not finished", damaged.getMessage());
      return Optional.empty();
    }
  }

  /** Returns the status of the run; empty if the run has not succeeded. */
  public Optional<Status> success() {
    return status().filter(status -> status.state() == Status.State.SUCCEEDED);
  }

  /** Returns the locations of the run, its model, tables and page, if they exist, for messages. */
  public Map<String, String> paths() {
    Map<String, String> paths = new LinkedHashMap<>();
    paths.put("run", display());
    if (exists(MODEL)) {
      paths.put("model", HadoopPaths.display(model()));
    }
    if (exists(TABLES)) {
      paths.put("tables", HadoopPaths.display(path(TABLES)));
    }
    if (exists(PAGE)) {
      paths.put("page", HadoopPaths.display(path(PAGE)));
    }
    return paths;
  }

  public void writeModel(FileContent content) {
    replace(MODEL, content);
  }

  /** Returns the SHA-256 of each file that belongs to the model, by name. */
  public SortedMap<String, String> modelSha256() {
    return FileChecksums.of(directory, MODEL_FILES);
  }

  /**
   * Reads the files of the model.
   *
   * @throws UserException if the run has succeeded and one is missing or differs from its checksum
   */
  public void requireIntactModel() {
    List<String> damages =
        statusUnlessDamaged()
            .flatMap(Status::modelSha256)
            .map(
                files ->
                    FileChecksums.damages(
                        directory, files, "restore the file from a backup, or train again"))
            .orElse(List.of());
    if (!damages.isEmpty()) {
      throw new UserException(ErrorCode.MODEL_UNREADABLE, String.join("\n", damages));
    }
  }

  /** Creates a file in this directory unless it exists; see {@link AtomicFiles#putIfAbsent}. */
  public boolean putIfAbsent(String name, FileContent content) {
    return directory.putIfAbsent(name, content);
  }

  /** Writes a file in this directory; see {@link AtomicFiles#replace}. */
  public void replace(String name, FileContent content) {
    directory.replace(name, content);
  }

  public void delete(String name) {
    directory.delete(name);
  }

  /** Deletes those of these tables that exist. */
  public void deleteTables(List<String> names) {
    list(TABLES).stream().filter(names::contains).forEach(name -> delete(TABLES + "/" + name));
  }

  /** Deletes the drafts of killed writers; for the end of a job. */
  public void deleteDrafts() {
    directory.deleteDrafts(DRAFTS);
  }

  /** Gives a file or directory another name, which is free. */
  public void move(String from, String to) {
    directory.move(from, to);
  }

  /** Returns the bytes of a small file; see {@link StoreDirectory#readBytes(String)}. */
  public Optional<byte[]> readBytes(String name) {
    return directory.readBytes(name);
  }

  /** Returns the bytes of a file; see {@link StoreDirectory#readBytes(String, int)}. */
  public Optional<byte[]> readBytes(String name, int most) {
    return directory.readBytes(name, most);
  }

  /** Returns the record that a small JSON file contains; empty if there is no such file. */
  public <T extends Record> Optional<T> read(String name, Class<T> type) {
    return directory.read(name, type);
  }

  /**
   * Returns the record that a JSON file contains; empty if there is no such file.
   *
   * @param most the largest length that the file can have
   */
  public <T extends Record> Optional<T> read(String name, Class<T> type, int most) {
    return directory.read(name, type, most);
  }

  /** Returns the names of the complete files in a directory of this run, sorted. */
  public List<String> list(String name) {
    return directory.list(name);
  }

  /** Returns the content of a file, which may be too large for memory, to copy it. */
  public FileContent content(String name) {
    return directory.content(name);
  }

  /** The settings with which the directory is read. */
  public Configuration hadoop() {
    return hadoop;
  }

  AtomicFiles files() {
    return directory.files();
  }

  UserException unwritable(Path file, IOException e) {
    return directory.unwritable(file, e);
  }

  FileSystem fileSystem() throws IOException {
    return directory.fileSystem();
  }
}
