package io.meanfield.error;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides everything in the URLs and paths of a text that is not scheme, host or path. */
public final class Redaction {
  /** What replaces a hidden value. */
  public static final String HIDDEN = "***";

  private static final String HOST = "(?:\\[[\\p{XDigit}:.]+]|[\\w.+-]*)(?::\\d{1,5})?";

  // A path may have lost one of the two slashes of s3a://bucket. The lookbehind keeps the search
  // from reading a long word from every place again.
  private static final Pattern URL =
      Pattern.compile(
          "(?<![\\w+.-])(?<!(?i)jdbc:)([A-Za-z][\\w+.-]*+:/{1,3})((?:(?!,[A-Za-z][\\w+.-]*+://)[^\\s\"])++)");
  private static final Pattern HOSTS =
      Pattern.compile("(?:" + HOST + ",)*+" + HOST + "(?:[/?;].*)?");
  // A bucket has no port, so the text after its colon is a password.
  private static final Pattern BUCKET_SCHEME = Pattern.compile("(?i)(?:s3[an]?|gs):/+");
  private static final Pattern BUCKET = Pattern.compile("[^:@%/]*(?:/.*)?");
  private static final Pattern CONTAINER_SCHEME = Pattern.compile("(?i)(?:abfs|wasb)s?:/+");
  private static final Pattern CONTAINER = Pattern.compile("[\\w$-]+@" + HOST + "(?:/.*)?");
  private static final Pattern PARAMETERS = Pattern.compile("\\?[^/?=]*+=.*");

  // As in the connection string of a database; of a key=value directory, it is no parameter.
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)((?<=\\S)[;&][\\w.-]*?(?:pass|pw|secret|token|credential|auth|key|sig|sas)[\\w.-]*+=)[^\\s\"]++");

  // Drivers have many forms of parameters, some with blanks in them, so that all that follows is
  // hidden.
  private static final Pattern JDBC =
      Pattern.compile("(?i)(?<![\\w+.-])jdbc:(?:(?!\\*\\*\\*)[^\\n])*+");
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?i)((?:jdbc:)?[a-z][\\w+.-]*+:(?://[\\w.-]+(?::\\d{1,5})?(?:/[\\w./-]*)?(?=[?;,*\\s]|$))?)"
              + "(.*)");

  private Redaction() {}

  /**
   * Returns the text without the users, passwords and parameters of its URLs, and without secrets
   * in other parameters, as in {@code /data/x;password=…}. Of a URL of JDBC that has more than host
   * and path, it hides the rest of the line.
   */
  public static String of(String text) {
    String urls = URL.matcher(text).replaceAll(url -> Matcher.quoteReplacement(url(url)));
    String plain =
        JDBC.matcher(urls).replaceAll(url -> Matcher.quoteReplacement(location(url.group())));
    return PARAMETER.matcher(plain).replaceAll("$1" + HIDDEN);
  }

  private static String url(MatchResult url) {
    String scheme = url.group(1);
    String rest = url.group(2);
    String hidden = isHost(scheme, rest) ? rest : rest.replaceFirst("^.*@", HIDDEN + "@");
    return scheme + PARAMETERS.matcher(hidden).replaceFirst("?" + HIDDEN);
  }

  private static boolean isHost(String scheme, String rest) {
    if (BUCKET_SCHEME.matcher(scheme).matches()) {
      return BUCKET.matcher(rest).matches();
    }
    return HOSTS.matcher(rest).matches()
        || (CONTAINER_SCHEME.matcher(scheme).matches() && CONTAINER.matcher(rest).matches());
  }

  /** Returns scheme, host and path of a URL, with {@code ***} in place of all that follows. */
  public static String location(String url) {
    Matcher plain = PLAIN.matcher(url);
    if (!plain.matches()) {
      return HIDDEN;
    }
    return url.contains("@") ? HIDDEN : plain.group(2).isEmpty() ? url : plain.group(1) + HIDDEN;
  }

  /** Returns whether the text has a URL with more than scheme, host and path. */
  public static boolean isNeededFor(String text) {
    return !of(text).equals(text);
  }
}
