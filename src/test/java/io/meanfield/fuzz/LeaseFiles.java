package io.meanfield.fuzz;

import io.meanfield.store.TestLeases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files under {@code lease/} of a run, written as one text: a line {@code === NAME}, then the
 * content of the file. The line of a heartbeat that changes ends with the word {@code beats}. In a
 * content, {@code @pid@} stands for the id of this process; so do other keys of {@link
 * TestLeases#thisProcess()}.
 *
 * @param contents by the name of the file
 * @param beating the names of the heartbeats that change
 */
record LeaseFiles(Map<String, String> contents, Set<String> beating) {
  private static final Pattern FILE =
      Pattern.compile(
          "^=== (\\w[\\w.:-]{0,79})( beats)?\n(.*?)(?=^=== |\\z)",
          Pattern.MULTILINE | Pattern.DOTALL | Pattern.UNIX_LINES);
  private static final Pattern ENTRY = Pattern.compile("(\\d{6,9})\\.json");
  private static final Pattern ENTRY_OR_RELEASE = Pattern.compile("(\\d{6,9})\\.(?:json|released)");
  private static final long LARGEST = 999_999_999;
  private static final Map<String, String> SELF = TestLeases.thisProcess();

  /** Reads a text; what is no file is left out. */
  static LeaseFiles parse(byte[] text) {
    Map<String, String> contents = new TreeMap<>();
    Set<String> beating = new TreeSet<>();
    // Every byte is a character, so that those of damaged texts stay as they are.
    Matcher files = FILE.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (files.find()) {
      contents.put(files.group(1), withProcess(files.group(3)));
      if (files.group(2) != null && files.group(1).endsWith(".heartbeat")) {
        beating.add(files.group(1));
      }
    }
    return new LeaseFiles(contents, beating);
  }

  private static String withProcess(String content) {
    String replaced = content;
    for (Map.Entry<String, String> fact : SELF.entrySet()) {
      replaced = replaced.replace("@" + fact.getKey() + "@", fact.getValue());
    }
    return replaced;
  }

  static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.ISO_8859_1);
  }

  void writeTo(Path folder) {
    contents.forEach((name, content) -> Fixtures.write(folder.resolve(name), bytes(content)));
  }

  /** Returns the number of the newest entry; 0 if there is none. */
  long newest() {
    return newest(contents.keySet());
  }

  static long newest(Collection<String> names) {
    return largest(ENTRY, names);
  }

  private static long largest(Pattern pattern, Collection<String> names) {
    return names.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .mapToLong(name -> Long.parseLong(name.group(1)))
        .max()
        .orElse(0);
  }

  /** Returns whether there is a number for another entry. */
  boolean hasNext() {
    return largest(ENTRY_OR_RELEASE, contents.keySet()) < LARGEST;
  }

  /** Returns the content of the newest entry. */
  Optional<String> entry() {
    return Optional.ofNullable(contents.get(name(newest(), "json")));
  }

  boolean isReleased() {
    return contents.containsKey(name(newest(), "released"));
  }

  /** Returns whether the heartbeat of the newest entry changes. */
  boolean beats() {
    return beating.contains(name(newest(), "heartbeat"));
  }

  static String name(long number, String kind) {
    return String.format("%06d.%s", number, kind);
  }
}
