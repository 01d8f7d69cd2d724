package io.meanfield.error;

import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Hides texts of SQL that may contain a secret, such as a password or the key of a cipher. */
public final class SqlRedaction {
  // Words, not the names of functions and options, of which every database has others.
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)passw|pass\\b|passphrase|pwd|secret|token|credential|(en|de)crypt|signature|hmac|auth(?!or)|(access|api|account|private|shared|master)[-_."
              + " ]?key|\\b(sig|sas)\\b|openrowset|opendatasource|dblink");
  private static final Pattern LITERAL =
      Pattern.compile(
          "'((?:[^'\\\\]|''|\\\\.)*+)'|\"((?:[^\"\\\\]|\\\\.)*+)\"|\\$\\$(.*?)\\$\\$|=\\s*+([^\\s'\"(),;]++)",
          Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("--|/\\*");
  private static final int SHORTEST_WORD = 4;

  private SqlRedaction() {}

  /**
   * Returns a query or the name of a table; if it speaks of secrets and has literals or comments,
   * {@code ***} in its place.
   */
  public static String shown(String sql) {
    return mayHaveSecret(sql) || sql.startsWith(Redaction.HIDDEN)
        ? Redaction.HIDDEN
        : Redaction.of(sql);
  }

  private static boolean mayHaveSecret(String sql) {
    return SECRET.matcher(sql).find()
        && (LITERAL.matcher(sql).find() || COMMENT.matcher(sql).find());
  }

  /** Returns a text, such as an error message, without the secrets of a query. */
  public static String hiddenIn(String text, String sql) {
    return mayHaveSecret(sql)
        ? LITERAL
            .matcher(sql)
            .results()
            .map(SqlRedaction::content)
            .filter(content -> !content.isBlank())
            .sorted(Comparator.comparing(String::length).reversed()) // one may be part of another
            .reduce(text.replace(sql.strip(), Redaction.HIDDEN), SqlRedaction::without)
        : text;
  }

  private static String content(MatchResult literal) {
    int group = 1;
    while (literal.group(group) == null) {
      group++;
    }
    return literal.group(group);
  }

  // A short one may be a part of any word.
  private static String without(String text, String content) {
    return content.length() >= SHORTEST_WORD
        ? text.replace(content, Redaction.HIDDEN)
        : text.replaceAll("(?<!\\w)" + Pattern.quote(content) + "(?!\\w)", Redaction.HIDDEN);
  }
}
