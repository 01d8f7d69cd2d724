package io.meanfield.error;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the secrets in a text by {@code ***}: passwords in URIs, and values of settings whose
 * names say that they are secret.
 */
public final class Redaction {
  /** What replaces a secret. */
  public static final String HIDDEN = "***";

  // A word up to its last at sign, where passwords are looked for: each of these patterns that
  // reads to an at sign finds one, so that none reads a long text from every place again.
  private static final Pattern BEFORE_LAST_AT = Pattern.compile("(?<![^\\s\"])[^\\s\"]*@");

  // scheme://user:password@host. The colon may be encoded. A password may contain slashes and at
  // signs, as the keys of S3 do; it ends before the last at sign.
  private static final String USER = "[^\\s\"/:%\\[]*+(?:%(?!3[Aa])[^\\s\"/:%\\[]*+)*+";
  private static final String PASSWORD = "[^\\s\"]*(?=@)";
  private static final String COLON = "(?::|%3[Aa])";

  // A bucket has no port, so the text after the colon is a password.
  private static final Pattern KEY_OF_A_BUCKET =
      Pattern.compile("(?i)(?<=\\b(?:s3a|s3n|s3|gs)://)" + USER + COLON + PASSWORD);

  // Digits before a slash are a port: hdfs://host:8020/a@b has no password. Neither has a list such
  // as abfss://a@host:443,abfss://b@host, nor jdbc:sqlserver://host:1433;user=a@b.
  private static final String PORT = "\\d{1,5}(?:[/;?]|,[\\w.+-]+:(?://|\\d{1,5}[/,]))";
  private static final Pattern USER_AND_PASSWORD =
      Pattern.compile("(?<=://)" + USER + "(?!:" + PORT + ")" + COLON + PASSWORD);

  // The secrets among the parameters of a URL: anyone with a signed URL can read the file. The
  // value of a driver's option may be in braces, and then contain a semicolon if it is short: else
  // every brace that is not closed would be read to the end of the text.
  private static final String PARAMETER =
      "(?:[\\w.-]*(?:signature|token|password|passwd|passphrase|secret"
          + "|(?:access|account|api|shared|private|encryption)[_.-]?key)|sig|pwd)";
  private static final Pattern SIGNATURE =
      Pattern.compile("(?i)([?&;]" + PARAMETER + "=)(?:\\{[^}]{0,128}+\\}|[^\\s\"&;]++)");

  // The name of a secret, followed by what may separate it from its value.
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)(?:secret|password|token|credential|(?:access|account|encryption|private).?key)"
              + "[^=:{\\s]*+[=:{\\s]");

  // The user and the password of Oracle's thin driver: jdbc:oracle:thin:user/password@host. Names
  // of users have at most 128 bytes.
  private static final Pattern ORACLE =
      Pattern.compile("(jdbc:oracle:\\w++:)[^\\s\"/@]{1,128}+/[^\\s\"@]+(?=@)");

  private Redaction() {}

  /** Returns the text without the passwords and signatures of its URIs. */
  public static String of(String text) {
    String withoutPasswords =
        BEFORE_LAST_AT
            .matcher(text)
            .replaceAll(word -> Matcher.quoteReplacement(withoutPasswords(word.group())));
    return SIGNATURE.matcher(withoutPasswords).replaceAll("$1" + HIDDEN);
  }

  private static String withoutPasswords(String word) {
    String withoutOracle = ORACLE.matcher(word).replaceAll("$1" + HIDDEN);
    String withoutKeys = KEY_OF_A_BUCKET.matcher(withoutOracle).replaceAll(HIDDEN);
    return USER_AND_PASSWORD.matcher(withoutKeys).replaceAll(HIDDEN);
  }

  /** Returns whether the name of a setting, such as {@code password}, says that it is secret. */
  public static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name + "=").find();
  }

  /** Returns whether the text has a URI with a password or a signature. */
  public static boolean isNeededFor(String text) {
    return !of(text).equals(text);
  }

  /**
   * Returns an assignment KEY=VALUE without its value if it names a secret: an option of a data
   * source, or a setting of Spark or Hadoop that is passed by mistake.
   */
  public static String ofAssignment(String assignment) {
    return SECRET_NAME.matcher(assignment).find()
        ? assignment.replaceFirst("(?s)[=:\\s].*", "=" + HIDDEN)
        : of(assignment);
  }
}
