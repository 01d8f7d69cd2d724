package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipReaderTest {
  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("content".getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static List<String> read(byte[] file) throws IOException {
    ZipReader zip = new ZipReader(new ByteArrayInputStream(file), 3);
    List<String> contents = new ArrayList<>();
    for (Optional<String> entry = zip.next(); entry.isPresent(); entry = zip.next()) {
      contents.add(entry.get() + "=" + new String(zip.bytes(100), StandardCharsets.UTF_8));
    }
    return contents;
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ZipReader.Unreadable.class)
        .hasMessage(message);
  }

  /** Replaces a name of one character in the entries and in the directory. */
  private static byte[] renamed(byte[] file, char from, int to) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    String header = "\0" + from;
    return text.replace(header, "\0" + (char) to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void entriesAreReadInTheOrderOfTheFile() throws IOException {
    assertThat(read(zip("b", "a"))).containsExactly("b=content", "a=content");
    assertThat(read(zip())).isEmpty();
    assertThat(read("not a zip".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void wrongEntriesAreRefused() throws IOException {
    assertRefused(zip("a", "b/"), "has a folder \"b/\", expected files only");
    assertRefused(zip("a", "b", "c", "d"), "has more than 3 entries");
    assertRefused(
        renamed(zip("a", "b"), 'b', 'a'),
        "has two entries \"a\", expected one; copy or write it again");
    assertRefused(
        renamed(zip("a", "b"), 'b', 0xff), "is a damaged zip file; copy or write it again");
  }

  @Test
  void longEntryIsRefusedWithoutKeepingIt() throws IOException {
    ZipReader zip = new ZipReader(new ByteArrayInputStream(zip("a")), 3);
    zip.next();
    assertThatThrownBy(() -> zip.bytes(6))
        .hasMessage("has more than 6 bytes in \"a\", expected at most that many");
    ZipReader skipping = new ZipReader(new ByteArrayInputStream(zip("a")), 3);
    skipping.next();
    assertThatThrownBy(() -> skipping.skip(6))
        .hasMessage("has more than 6 bytes in \"a\", expected at most that many");
  }

  @Test
  void truncatedEntryIsRefused() throws IOException {
    byte[] complete = zip("a");
    int nameEnds = 31;
    int entryEnds = 31 + 7 + 2 + 16; // deflated text and the record of its length
    for (int length = nameEnds; length < entryEnds; length++) {
      byte[] truncated = Arrays.copyOf(complete, length);
      assertThatThrownBy(() -> read(truncated)).isInstanceOf(ZipReader.Unreadable.class);
    }
  }
}
