package io.meanfield.store.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The local file system: a hard link creates a file, because both rename and create of Hadoop's
 * local file system let several threads succeed.
 */
final class LocalStore extends DraftStore {
  private final LocalFileSystem local;

  LocalStore(LocalFileSystem local, Fence fence) {
    super(local, fence);
    this.local = local;
  }

  // Hadoop only says that it failed, java.nio says why. Hadoop is first, because java.nio refuses a
  // link to a directory.
  @Override
  void makeDirectory(Path directory) throws IOException {
    if (!local.mkdirs(directory)) {
      Files.createDirectories(file(directory));
    }
  }

  // Without Hadoop's local file system, which leaves .crc files beside the file and does not flush
  // to the disk on close.
  @Override
  OutputStream open(Path draft) throws IOException {
    FileChannel channel =
        FileChannel.open(file(draft), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new SyncedStream(Channels.newOutputStream(channel), () -> channel.force(true));
  }

  @Override
  void link(Path draft, Path path) throws IOException {
    Files.createLink(file(path), file(draft));
    forceDirectory(path);
  }

  // Without FileContext, which starts a process for every local rename. A checksum file of Hadoop
  // is moved last: Hadoop reads a file without a checksum, but not one with a wrong checksum.
  @Override
  void rename(Path from, Path to) throws IOException {
    Path toChecksum = local.getChecksumFile(to);
    Files.deleteIfExists(file(toChecksum));
    moveOver(from, to);
    Path fromChecksum = local.getChecksumFile(from);
    if (Files.exists(file(fromChecksum))) {
      moveOver(fromChecksum, toChecksum);
    }
    forceDirectory(to);
  }

  @Override
  public boolean hasAtomicCreate() {
    return true;
  }

  private void moveOver(Path from, Path to) throws IOException {
    Files.move(
        file(from), file(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void forceDirectory(Path file) throws IOException {
    try (FileChannel directory =
        FileChannel.open(file(file).getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private java.nio.file.Path file(Path path) {
    return local.pathToFile(path).toPath();
  }
}
