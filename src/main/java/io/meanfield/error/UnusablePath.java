package io.meanfield.error;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.util.VersionInfo;

/** Recognises that Hadoop has no class for the file system of a path, or cannot parse a name. */
final class UnusablePath {
  private static final Pattern UNKNOWN_SCHEME =
      Pattern.compile("No FileSystem for scheme[:=]? \"?([\\w.+-]+)");
  private static final Pattern MISSING_CLASS =
      Pattern.compile("Class (\\S*FileSystem\\S*) not found");

  private static final Pattern COLON = Pattern.compile("Relative path in absolute URI: ([^\\n]+)");

  /** The packages of Hadoop with file systems, by what their schemes or classes contain. */
  private enum HadoopPackage {
    AWS("s3a"),
    AZURE("abfs|wasb|azure"),
    AZURE_DATALAKE("adl"),
    ALIYUN("oss");

    private final Pattern pattern;

    HadoopPackage(String pattern) {
      this.pattern = Pattern.compile("(?:^|fs\\.)(?:" + pattern + ")");
    }

    static Optional<HadoopPackage> of(String schemeOrClass) {
      return Stream.of(values()).filter(p -> p.pattern.matcher(schemeOrClass).find()).findFirst();
    }

    String artifact() {
      return "hadoop-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private UnusablePath() {}

  /** Returns the message for the user; empty if no path was the reason. */
  static Optional<Explanation> in(FailureText text) {
    return text.find(MISSING_CLASS)
        .map(found -> message("the class " + found.group(1) + " is missing", found.group(1)))
        .or(
            () ->
                text.find(UNKNOWN_SCHEME)
                    .map(
                        found ->
                            message(
                                "no file system has the scheme " + found.group(1), found.group(1))))
        .or(() -> text.find(COLON).map(found -> colon(found.group(1))))
        .map(message -> new Explanation(ErrorCode.WRONG_SETTINGS, message));
  }

  private static String colon(String name) {
    return "the name "
        + name
        + " has a colon, before which Hadoop and Spark expect a scheme; rename the file or"
        + " directory";
  }

  private static String message(String problem, String schemeOrClass) {
    return HadoopPackage.of(schemeOrClass)
        .map(
            found ->
                problem
                    + ": Spark has no "
                    + found.artifact()
                    + "; add --packages org.apache.hadoop:"
                    + found.artifact()
                    + ":"
                    + VersionInfo.getVersion()
                    + " before the command")
        .orElseGet(
            () ->
                problem
                    + "; correct the path, or add the package of its file system with --packages"
                    + " before the command");
  }
}
