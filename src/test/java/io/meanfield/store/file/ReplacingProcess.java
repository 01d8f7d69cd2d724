package io.meanfield.store.file;

import io.meanfield.store.S3Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A process that replaces a file again and again, every fourth time by moving another file there,
 * while one of its threads reads the file. It prints how often it was read.
 */
public final class ReplacingProcess {
  private ReplacingProcess() {}

  public static void main(String[] arguments) throws Exception {
    Configuration hadoop = S3Settings.ofThisProcess();
    AtomicFiles files = new AtomicFiles(hadoop, Fence.OPEN);
    Path file = new Path(arguments[0]);
    files.replace(file, version(0));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reads = CompletableFuture.supplyAsync(() -> read(files, file, done));
    for (int i = 1; i <= Integer.parseInt(arguments[1]); i++) {
      replace(files, file, i);
    }
    done.set(true);
    System.out.println("read " + reads.get());
  }

  private static void replace(AtomicFiles files, Path file, int number) throws IOException {
    if (number % 4 == 0) {
      Path draft = file.suffix(".draft");
      files.replace(draft, version(number));
      files.move(draft, file);
    } else {
      files.replace(file, version(number));
    }
  }

  /** The content of one version: lines that are all the same, as many as the line says. */
  private static FileContent version(int number) {
    int lines = 1_000 + number;
    return out -> out.write((lines + "\n").repeat(lines).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns whether the bytes are one whole version. */
  public static boolean isWhole(byte[] content) {
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    return lines[lines.length - 1].isEmpty()
        && lines[0].equals(String.valueOf(lines.length - 1))
        && Arrays.stream(lines, 0, lines.length - 1).allMatch(lines[0]::equals);
  }

  private static int read(AtomicFiles files, Path file, AtomicBoolean done) {
    int count = 0;
    while (!done.get()) {
      try {
        if (!isWhole(files.read(file, InputFile.MAX_BYTES))) {
          throw new IllegalStateException("read a part of the file");
        }
        count++;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return count;
  }
}
