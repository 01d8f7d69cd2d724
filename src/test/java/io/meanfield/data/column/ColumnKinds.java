package io.meanfield.data.column;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Columns of texts of all kinds, each with what it is for and why. */
public final class ColumnKinds {
  private static final int ROWS = 300;

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  private record Kind(IntFunction<String> value, String use) {}

  private static void column(String name, String use, IntFunction<String> value) {
    KINDS.put(name, new Kind(value, use));
  }

  private static String number(String format, Number value) {
    return String.format(Locale.ROOT, format, value);
  }

  static {
    String numbers = "number numbers";
    column("decimals", numbers, i -> number("%.3f", i * 0.37 - 20));
    column("gaps", numbers, i -> i % 33 == 0 ? "N/A" : number("%.2f", i * 1.5));
    column("dashes", numbers, i -> i % 40 == 0 ? "-" : number("%.1f", i / 7.0));
    column("whole", "number whole numbers", i -> Integer.toString(i % 37));
    column("dollars", numbers, i -> number("$%,.2f", 900 + i * 13.25));
    column("euros", "number numbers with a decimal comma", i -> german(900 + i * 13.25) + " €");
    column("percents", numbers, i -> number("%.1f %%", i % 90 + 0.5));
    column(
        "percent_mixed",
        "left out numbers with and without a sign of percent, such as 10 % and 0.02",
        i -> i % 2 == 0 ? 10 + i % 80 + " %" : number("%.2f", (i % 90 + 0.5) / 100));
    column("commas", "number numbers with a decimal comma", i -> german(i * 0.75));
    column(
        "thousands",
        "left out numbers such as 10,000, whose comma may divide thousands or begin the decimals;"
            + " set data.columns.decimal = point or comma to use them",
        i -> number("%,.0f", 10_000.0 + i * 997));
    column(
        "accounts",
        "number numbers, negative ones in parentheses",
        i -> i % 3 == 0 ? number("(%,.2f)", 1 + i * 3.5) : number("%,.2f", 1 + i * 5.25));
    column(
        "currencies",
        "left out amounts in several currencies: $, €",
        i -> (i % 2 == 0 ? "$" : "€") + i % 41);
    column("iso_dates", "date dates in ISO 8601", i -> "2024-0" + (1 + i % 9) + "-1" + i % 9);
    column(
        "iso_times",
        "date dates in ISO 8601",
        i -> "2024-0" + (1 + i % 9) + "-11 1" + i % 9 + ":30:00");
    column(
        "german_dates",
        "date dates of the form d.M.yyyy",
        i -> 10 + i % 19 + ".0" + (1 + i % 9) + ".2024");
    column(
        "american_dates",
        "date dates of the form M/d/yyyy",
        i -> 1 + i % 12 + "/" + (1 + i % 28) + "/2024");
    column(
        "american_times",
        "date dates of the form M/d/yyyy",
        i -> 1 + i % 12 + "/" + (1 + i % 28) + "/2024 " + (1 + i % 12) + ":30 PM");
    column(
        "words_of_months",
        "date dates of the form MMM d yyyy",
        i -> "Feb " + (1 + i % 28) + " 2024");
    column(
        "short_years",
        "left out dates of the form d.M.yy, whose century is unknown; set data.columns.dates.pivot"
            + " = 1950 if they are from 1950 to 2049",
        i -> 10 + i % 19 + ".0" + (1 + i % 9) + "." + (10 + i % 80));
    column("times", "number times of day", i -> 10 + i % 14 + ":" + (10 + i % 50));
    column("truths", "number true or false", i -> i % 3 == 0 ? "true" : "false");
    column("loud_truths", "number true or false", i -> i % 4 == 0 ? "TRUE" : "False");
    column("yes", "category 2 different texts", i -> i % 3 == 0 ? "yes" : "no");
    column(
        "zip_codes",
        "category codes with leading zeros, such as 01000: 40 different texts",
        i -> String.format(Locale.ROOT, "%05d", 1000 + i % 40 * 2003));
    column(
        "codes",
        "category codes with an E, such as 10E3: 30 different texts",
        i -> i % 30 == 0 ? "10E3" : Integer.toString(4500 + i % 30));
    column(
        "row_numbers",
        "left out the whole numbers from 1 on, which number the rows",
        i -> Integer.toString(i + 1));
    column(
        "customer_id",
        "left out an id: nearly every number is different",
        i -> Integer.toString(7 + i * i));
    column(
        "long_ids",
        "left out codes with too many digits for a number: an id or a name: nearly every text is"
            + " different",
        i -> "9007199254" + (740_993_000L + i));
    column(
        "names", "left out an id or a name: nearly every text is different", i -> "customer " + i);
    column(
        "notes",
        "text free text, 6 words on average",
        i -> "the parcel number " + i % 200 + " came late");
    column("plans", "category 3 different texts", i -> List.of("basic", "gold", "pro").get(i % 3));
    column("cities", "category 50 different texts", i -> "city" + i % 50);
    column(
        "countries", "category 4 different texts", i -> List.of("NA", "EU", "US", "DE").get(i % 4));
    column("constant", "left out the same value in every row", i -> "EUR");
    column("empty", "left out no value", i -> "");
    column("sparse", numbers, i -> i % 10 == 0 ? number("%.2f", i * 0.31) : "");
    column("garbage", numbers, i -> i % 25 == 0 ? "x" + i : number("%.2f", i * 0.7));
    column(
        "half_garbage",
        "left out numbers in 200 of 300 rows; leave the other values empty to use them",
        i -> i % 3 == 0 ? "x" + i : number("%.2f", i * 0.7));
    column(
        "both_signs",
        "left out numbers with a decimal point and with a decimal comma, such as 0.5 and 1,5",
        i -> i % 2 == 0 ? i + ".5" : i + ",5");
    column(
        "versions",
        "category dates of the form d.M.yy, whose century is unknown, or codes: 5 different texts;"
            + " data.columns.dates.pivot makes them dates",
        i -> "1.2.3" + i % 5);
  }

  private static String german(double value) {
    return String.format(Locale.GERMANY, "%,.2f", value);
  }

  private ColumnKinds() {}

  /** Writes a file with the columns; its fields are divided by tabs. */
  public static Path csv(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(String.join("\t", KINDS.keySet()) + "\tprice");
    for (int i = 0; i < ROWS; i++) {
      int row = i;
      lines.add(
          KINDS.values().stream().map(kind -> kind.value().apply(row)).collect(joining("\t"))
              + "\t"
              + (i % 50 + 0.25 * (i % 7)));
    }
    return Files.write(folder.resolve("kinds.csv"), lines);
  }

  /** Returns what each column is for, and why. */
  public static Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    KINDS.forEach((name, kind) -> expected.put(name, kind.use()));
    return expected;
  }
}
