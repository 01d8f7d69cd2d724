package io.meanfield.store;

import com.typesafe.config.ConfigFactory;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The directory of one run; driver only. */
public final class RunDirectory {
  private static final String MANIFEST = "run.json";
  private static final String STATUS = "status.json";

  private final RunId id;
  private final Path path;
  private final Configuration hadoop;
  private final AtomicFiles files;

  private RunDirectory(RunId id, Path path, Configuration hadoop) {
    this.id = id;
    this.path = path;
    this.hadoop = hadoop;
    this.files = new AtomicFiles(hadoop);
  }

  /**
   * Takes the name {@code id} under the directory of all runs. The manifest is the claim: whoever
   * puts it first has the run.
   *
   * @throws Complaint if the run exists (nothing of it is touched), or the directory cannot be
   *     written
   */
  public static RunDirectory create(
      Configuration hadoop, String runs, RunId id, Manifest manifest) {
    RunDirectory run = at(hadoop, runs, id);
    run.refuseIfPresent();
    try {
      run.path.getFileSystem(hadoop).mkdirs(run.path);
      if (!run.files.putIfAbsent(run.path(MANIFEST), out -> out.write(bytes(manifest.render())))) {
        throw run.exists();
      }
      return run;
    } catch (IOException e) {
      throw unwritable(run.path, e);
    }
  }

  /**
   * Throws if a run of this name exists already or runs cannot be written there: an answer before
   * any work is done. {@link #create} is what decides.
   */
  public static void prepare(Configuration hadoop, String runs, RunId id) {
    RunDirectory run = at(hadoop, runs, id);
    run.refuseIfPresent();
    try {
      run.path.getFileSystem(hadoop).mkdirs(run.path.getParent());
    } catch (IOException e) {
      throw unwritable(run.path.getParent(), e);
    }
  }

  private void refuseIfPresent() {
    try {
      if (path.getFileSystem(hadoop).exists(path(MANIFEST))) {
        throw exists();
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private Complaint exists() {
    return new Complaint(
        ErrorCode.RUN_EXISTS,
        "run " + id + " exists already in " + shown() + "; choose another --run-id");
  }

  /** The run of that name, if it has a manifest that this version reads. */
  public static Optional<RunDirectory> find(Configuration hadoop, String runs, RunId id) {
    RunDirectory run = at(hadoop, runs, id);
    try {
      return run.path.getFileSystem(hadoop).exists(run.path(MANIFEST))
          ? Optional.of(run)
          : Optional.empty();
    } catch (IOException e) {
      throw new Complaint(
          ErrorCode.WRONG_ARGUMENTS, "cannot read " + run.shown() + ": " + e.getMessage(), e);
    }
  }

  private static RunDirectory at(Configuration hadoop, String runs, RunId id) {
    return new RunDirectory(id, new Path(Locations.resolve(runs), id.value()), hadoop);
  }

  public RunId id() {
    return id;
  }

  /** Where it is, for a person. */
  public String shown() {
    return Locations.shown(path);
  }

  /** DL4J's own format, see {@code network}. */
  public Path model() {
    return path("model.zip");
  }

  Path path(String name) {
    return new Path(path, name);
  }

  public Manifest manifest() {
    Path file = path(MANIFEST);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return Manifest.parse(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), Locations.shown(file));
    } catch (FileNotFoundException e) {
      throw new Complaint(
          ErrorCode.WRONG_ARGUMENTS, shown() + " is not a run: it has no " + MANIFEST, e);
    } catch (IOException e) {
      throw new Complaint(
          ErrorCode.WRONG_ARGUMENTS,
          "cannot read " + Locations.shown(file) + ": " + e.getMessage(),
          e);
    }
  }

  public void write(Status status) {
    write(
        path(STATUS),
        out -> out.write(bytes(Manifest.render(ConfigFactory.parseMap(status.toMap())))));
  }

  public void writeModel(AtomicFiles.Content content) {
    write(model(), content);
  }

  private void write(Path file, AtomicFiles.Content content) {
    try {
      files.replace(file, content);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  AtomicFiles files() {
    return files;
  }

  FileSystem fileSystem() throws IOException {
    return path.getFileSystem(hadoop);
  }

  static Complaint unwritable(Path path, IOException e) {
    return new Complaint(
        ErrorCode.STORE_UNWRITABLE,
        "cannot write "
            + Locations.shown(path)
            + ": "
            + reason(e)
            + "; check run.directory, its permissions and the free space",
        e);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
