package io.meanfield.error;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Recognises that Spark could not read a file, from the messages of Spark 3.5 and 4.
 *
 * <p>Spark reads Parquet, ORC and other files of its data sources in tasks, so the failure is the
 * same wherever a table is read.
 */
final class UnreadableFile {
  // A full stop follows the path, which is encoded as a URI, so that it has no blanks.
  private static final Pattern READING =
      Pattern.compile(
          "(?:rror while reading file|cannot be converted in file):? (\\S+?)\\.?(?:\\s|$)");
  // These paths are as the user has written them.
  private static final Pattern FOOTER =
      Pattern.compile("Could not read footer for file: ?([^\\n]+?)\\.?(?: Please ensure|\\n|$)");
  private static final Pattern FOOTER_OF_SPARK_4 =
      Pattern.compile("rror while reading file:? ([^\\n]+?)\\.? Could not read footer");
  private static final Pattern GONE =
      Pattern.compile("(?i)File [^\\n]* does not exist|FILE_NOT_EXIST|FileNotFoundException");

  private UnreadableFile() {}

  /** Returns the message for the user; empty if no file was the reason. */
  static Optional<Explanation> in(FailureText text) {
    return file(text, FOOTER_OF_SPARK_4, path -> path)
        .or(() -> file(text, READING, UnreadableFile::decoded))
        .or(() -> file(text, FOOTER, path -> path))
        .map(
            file ->
                new Explanation(
                    ErrorCode.DATA_UNREADABLE,
                    "%s cannot be read: %s".formatted(file, reason(text))));
  }

  private static Optional<String> file(
      FailureText text, Pattern pattern, UnaryOperator<String> path) {
    return text.find(pattern)
        .map(found -> path.apply(found.group(1).strip()))
        .map(found -> found.replaceFirst("^file:(?://)?(?=/)", ""));
  }

  // Spark encodes this path as a URI; a plus sign is itself.
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return path;
    }
  }

  private static String reason(FailureText text) {
    return text.find(GONE).isPresent()
        ? "it was deleted or replaced while it was read; run the command again when no other"
            + " program writes there"
        : text.reason() + "; restore the file, or remove it from the data";
  }
}
