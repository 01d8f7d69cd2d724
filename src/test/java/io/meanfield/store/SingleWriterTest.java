package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.RenameStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of runs on file systems with and without an atomic create. */
public class SingleWriterTest {
  private static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";

  @TempDir private Path folder;

  private final Configuration hadoop = new Configuration();

  /** A local folder under the scheme of an object store; no file can be created atomically. */
  public static class ObjectStore extends RawLocalFileSystem {
    private URI name; // not yet set when the constructor of the superclass asks for it

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
      super.initialize(uri, conf);
      name = URI.create(uri.getScheme() + ":///");
    }

    @Override
    public URI getUri() {
      return name == null ? super.getUri() : name;
    }
  }

  /** An object store that announces the conditional create of S3A. */
  static final class ConditionalStore extends ObjectStore {
    @Override
    public boolean hasPathCapability(org.apache.hadoop.fs.Path path, String capability)
        throws IOException {
      return capability.equals(CONDITIONAL_CREATE) || super.hasPathCapability(path, capability);
    }
  }

  @BeforeEach
  void forgetFileSystems() {
    for (String scheme : new String[] {"s3a", "gs", "abfss", "viewfs", "oss"}) {
      hadoop.setBoolean("fs." + scheme + ".impl.disable.cache", true);
      mount(scheme, ObjectStore.class);
    }
  }

  private void mount(String scheme, Class<?> type) {
    hadoop.set("fs." + scheme + ".impl", type.getName());
  }

  private Runs runs(String scheme) {
    return new Runs(hadoop, scheme + "://" + folder + "/runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3a", "gs", "abfss", "viewfs", "oss"})
  void directoryWithoutAtomicCreateIsRefusedBeforeItIsCreated(String scheme) {
    assertThatThrownBy(() -> runs(scheme).requireWritable(false))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS);
              assertThat(e.code().exitCode()).isEqualTo(2);
            })
        .hasMessage(
            "run.directory must be on a local disk, on HDFS, or on S3A of Hadoop 3.4.2 or newer,"
                + " found "
                + scheme
                + "://"
                + folder
                + "/runs, where two processes could write the same run at once; choose another"
                + " directory, or set run.single-writer = true if you make sure that only one"
                + " process at a time writes a run");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void singleWriterMayWriteEverywhere() {
    runs("gs").requireWritable(true);
    assertThat(folder.resolve("runs")).isDirectory();
  }

  /** Hadoop has no setting fs.AbstractFileSystem.oss.impl, and some clusters have none for s3. */
  @Test
  void singleWriterWritesToAFileSystemThatFileContextDoesNotKnow() throws IOException {
    RunDirectory run = runs("oss").claim(new RunId("run"), Manifest.of(Map.of("command", "train")));
    assertThat(run.manifest().string("command")).contains("train");
    assertThat(
            runs("oss").claim(new RunId("run"), Manifest.of(Map.of())).manifest().string("command"))
        .contains("train");
    try (Lease lease = Lease.take(run)) {
      lease.run().replace("status.json", out -> out.write(1));
      lease.run().replace("status.json", out -> out.write(2));
      Files.createDirectory(folder.resolve("runs/run/drafts"));
      lease.run().files().moveDirectory(run.path("drafts"), run.path("kept"));
    }
    assertThat(folder.resolve("runs/run/status.json")).hasBinaryContent(new byte[] {2});
    assertThat(folder.resolve("runs/run").toFile().list())
        .contains("run.json", "status.json", "kept", "lease")
        .doesNotContain("drafts");
  }

  @Test
  void s3aWithConditionalCreateIsAccepted() {
    mount("s3a", ConditionalStore.class);
    runs("s3a").requireWritable(false);
    assertThat(folder.resolve("runs")).isDirectory();
  }

  @Test
  void anotherStoreWithConditionalCreateIsRefused() {
    mount("oss", ConditionalStore.class);
    assertThatThrownBy(() -> runs("oss").requireWritable(false)).isInstanceOf(UserException.class);
  }

  @Test
  void localDirectoryIsAccepted() {
    new Runs(hadoop, folder + "/runs").requireWritable(false);
    assertThat(folder.resolve("runs")).isDirectory();
  }

  @Test
  void hdfsHasAtomicCreateButNotAFileSystemMountedIntoIt() throws IOException {
    try (DistributedFileSystem hdfs = new DistributedFileSystem();
        DistributedFileSystem mounted = new DistributedFileSystem() {}) {
      assertThat(new RenameStore(hdfs, hadoop, Fence.OPEN).hasAtomicCreate()).isTrue();
      assertThat(new RenameStore(mounted, hadoop, Fence.OPEN).hasAtomicCreate()).isFalse();
    }
  }
}
