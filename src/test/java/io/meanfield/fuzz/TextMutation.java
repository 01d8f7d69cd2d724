package io.meanfield.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A change of a token or a line of a text: JSON, HOCON or CSV. */
enum TextMutation implements Mutation {
  NEST_DEEPLY {
    @Override
    String apply(String text, String other, Draws draws) {
      String open = draws.one(List.of("[", "{\"a\":", "(", "{a.b="));
      return insert(text, open.repeat(draws.one(List.of(40, 3_000, 20_000))), draws);
    }
  },
  REPLACE_NUMBER {
    @Override
    String apply(String text, String other, Draws draws) {
      return replaceOne(NUMBER, text, draws.one(NUMBERS), draws);
    }
  },
  REPLACE_VALUE {
    @Override
    String apply(String text, String other, Draws draws) {
      return replaceOne(TOKEN, text, draws.one(VALUES), draws);
    }
  },
  TAKE_TOKEN {
    @Override
    String apply(String text, String other, Draws draws) {
      List<MatchResult> tokens = all(TOKEN, other);
      return tokens.isEmpty() ? text : replaceOne(TOKEN, text, draws.one(tokens).group(), draws);
    }
  },
  DUPLICATE_LINE {
    @Override
    String apply(String text, String other, Draws draws) {
      List<String> lines = lines(text);
      lines.add(draws.below(lines.size()), draws.one(lines));
      return String.join("\n", lines);
    }
  },
  DELETE_LINE {
    @Override
    String apply(String text, String other, Draws draws) {
      List<String> lines = lines(text);
      lines.remove(draws.below(lines.size()));
      return String.join("\n", lines);
    }
  },
  INSERT_LINE {
    @Override
    String apply(String text, String other, Draws draws) {
      List<String> lines = lines(text);
      lines.add(draws.below(lines.size() + 1), draws.one(LINES));
      return String.join("\n", lines);
    }
  },
  INSERT_CHARACTERS {
    @Override
    String apply(String text, String other, Draws draws) {
      return insert(text, draws.one(CHARACTERS), draws);
    }
  },
  LENGTHEN {
    @Override
    String apply(String text, String other, Draws draws) {
      return insert(text, draws.one(List.of("9", "a", ",", " ")).repeat(100_000), draws);
    }
  },
  REPLACE_ALL {
    @Override
    String apply(String text, String other, Draws draws) {
      return draws.one(List.of("", "{}", "[]", "null", "\"\"", "0", "{", "[[]]", "\u0000", "a,b"));
    }
  };

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final Pattern TOKEN = Pattern.compile("\"[^\"\n]*\"|[^\\s\",:=\\[\\]{}]+");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775808",
          "1e308",
          "1e999",
          "-0.0",
          "0.1",
          "1e-400",
          "NaN",
          "Infinity",
          "01",
          "1e999999999",
          "99999999");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "\"\"",
          "{}",
          "[]",
          "[[1]]",
          "\"../../x\"",
          "-1",
          "1e999",
          "\"\u001b[2J\"",
          "{\"@class\":\"Tracer\"}",
          "[null]",
          "\"\\u0000\"",
          "\"2026-02-30T25:61:00Z\"");
  private static final List<String> LINES =
      List.of(
          "include \"x.conf\"",
          "include url(\"file:x\")",
          "a = ${a}",
          "a = ${b}, b = ${a}",
          "x = ${HOME}",
          "\"__proto__\" : 1,",
          "\"schema_version\" : 99,",
          "\"epoch\" : 1,",
          "}",
          "]",
          ",,,,,,",
          "// x");
  private static final List<String> CHARACTERS =
      List.of(
          "\u0000",
          "\u001b[31m",
          "\uFEFF",
          "\u2028",
          "\uFFFF",
          "\"",
          "\\",
          "\r",
          "\n\n",
          "'",
          "\t",
          "$",
          "{",
          "}",
          "\uD800",
          "%s%n",
          "\u202e");

  abstract String apply(String text, String other, Draws draws);

  @Override
  public byte[] apply(byte[] content, byte[] other, Draws draws) {
    String text = new String(content, StandardCharsets.UTF_8);
    return apply(text, new String(other, StandardCharsets.UTF_8), draws)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(List.of(text.split("\n", -1)));
  }

  private static String insert(String text, String inserted, Draws draws) {
    int at = draws.below(text.length() + 1);
    return text.substring(0, at) + inserted + text.substring(at);
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static String replaceOne(Pattern pattern, String text, String value, Draws draws) {
    List<MatchResult> found = all(pattern, text);
    if (found.isEmpty()) {
      return text;
    }
    MatchResult one = draws.one(found);
    return text.substring(0, one.start()) + value + text.substring(one.end());
  }
}
