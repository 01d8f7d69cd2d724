package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.HadoopPaths;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one run; driver only. Only the directory that {@link Lease#run()} returns can be
 * written to.
 */
public final class RunDirectory extends StoreDirectory {
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

  public static final String DRAFTS = "drafts";

  private static final String RUN_ID = "run_id";

  // A model cannot be applied without its encodings, nor new data checked without the reference.
  private static final List<String> MODEL_FILES =
      List.of(MODEL, "encodings.json", "reference.json");

  private final RunId id;

  RunDirectory(RunId id, Path path, Configuration hadoop, Fence fence) {
    super(hadoop, path, RunSettings.DIRECTORY, fence);
    this.id = id;
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

  /**
   * Returns when a process has last worked on the run, by the clock of the file system: its newest
   * heartbeat, or the file that began the run.
   */
  public Optional<Instant> lastHeartbeat() {
    LeaseEntries entries = LeaseEntries.of(this);
    return entries
        .lastBeat(entries.newest())
        .or(() -> modified(MANIFEST))
        .or(() -> modified(RunDeletion.MARK));
  }

  /** Returns the same directory, whose changes must pass {@code other}. */
  RunDirectory withFence(Fence other) {
    return new RunDirectory(id, path(), hadoop(), other);
  }

  public RunId id() {
    return id;
  }

  /** The path of the model, a file in the format of DL4J. */
  public Path model() {
    return path(MODEL);
  }

  /** Returns the directory with the files of a table. */
  public Path table(String name) {
    return path(TABLES + "/" + name);
  }

  /**
   * Returns the manifest of the run.
   *
   * @throws UserException if it is damaged, or if the run was deleted after it was found
   */
  public Manifest manifest() {
    return readManifest(MANIFEST)
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.STORE_UNREADABLE,
                    "%s is gone, which this command has found before: somebody has deleted or moved"
                        + " run %s meanwhile; restore its directory, or name another run",
                    display(MANIFEST),
                    id));
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
    return FileChecksums.of(this, MODEL_FILES);
  }

  /**
   * Reads the files of the model.
   *
   * @throws UserException if the run has not succeeded, if one is missing, differs from its
   *     checksum, or has none
   */
  public void requireIntactModel() {
    Status status =
        statusUnlessDamaged()
            .filter(found -> found.state() == Status.State.SUCCEEDED)
            .orElseThrow(this::withoutChecksums);
    SortedMap<String, String> files = status.modelSha256().orElseGet(TreeMap::new);
    List<String> damages =
        FileChecksums.damages(this, files, "restore the file from a backup, or train again");
    MODEL_FILES.stream()
        .filter(name -> !files.containsKey(name) && exists(name))
        .map(this::withoutChecksum)
        .forEach(damages::add);
    if (!damages.isEmpty()) {
      throw new UserException(ErrorCode.MODEL_UNREADABLE, String.join("\n", damages));
    }
  }

  private UserException withoutChecksums() {
    manifest(); // throws if the run was deleted meanwhile
    return UserException.of(
        ErrorCode.MODEL_UNUSABLE,
        "the model of run %s is not used, because %s does not say that the run has succeeded, and"
            + " has no checksums of its files; let the command that began the run complete it",
        id,
        display(STATUS));
  }

  private String withoutChecksum(String name) {
    return String.format(
        "%s is not used, because %s has no checksum of it; restore %s from a backup, or delete it"
            + " and let the command that began the run complete it",
        display(name), display(STATUS), STATUS);
  }

  /** Deletes those of these tables that exist. */
  public void deleteTables(List<String> names) {
    list(TABLES).stream().filter(names::contains).forEach(name -> delete(TABLES + "/" + name));
  }

  /** Deletes the drafts of killed writers; for the end of a job. */
  public void deleteDrafts() {
    deleteDrafts(DRAFTS);
  }
}
