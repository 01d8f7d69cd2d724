package io.meanfield.error;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;

/** Recognises that Hadoop has no class for the file system of a path, or cannot parse a name. */
final class UnusablePath {
  private static final Pattern UNKNOWN_SCHEME =
      Pattern.compile("No FileSystem for scheme[:=]? \"?([\\w.+-]+)");
  private static final Pattern MISSING_CLASS =
      Pattern.compile("Class (\\S*FileSystem\\S*) not found");
  private static final Pattern COLON = Pattern.compile("Relative path in absolute URI: ([^\\n]+)");

  // The file that Hadoop looks for beside a local one.
  private static final Pattern CHECKSUM = Pattern.compile("^\\.(.+)\\.crc$");

  private UnusablePath() {}

  /** Returns the message for the user; empty if no path was the reason. */
  static Optional<Explanation> in(FailureText text) {
    return text.find(MISSING_CLASS)
        .map(found -> "the class %s is missing%s".formatted(found.group(1), remedy(found.group(1))))
        .or(
            () ->
                text.find(UNKNOWN_SCHEME)
                    .map(
                        found ->
                            "no file system has the scheme %s%s"
                                .formatted(found.group(1), remedy(""))))
        .or(
            () ->
                text.find(COLON)
                    .map(
                        found ->
                            String.format(
                                Locale.ROOT,
                                "the name %s has a colon, before which Hadoop and Spark expect a"
                                    + " scheme; rename the file or directory",
                                CHECKSUM.matcher(found.group(1)).replaceFirst("$1"))))
        .map(message -> new Explanation(ErrorCode.WRONG_SETTINGS, message));
  }

  private static String remedy(String missing) {
    return missing.contains("s3a")
        ? String.format(
            Locale.ROOT,
            ": Spark has no hadoop-aws; add --packages org.apache.hadoop:hadoop-aws:%s before the"
                + " command",
            VersionInfo.getVersion())
        : "; correct the path, or add the package of its file system with --packages before the"
            + " command";
  }
}
