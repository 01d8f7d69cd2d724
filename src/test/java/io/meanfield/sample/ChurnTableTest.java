package io.meanfield.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChurnTableTest {
  private static final List<ChurnRow> ROWS = ChurnTable.rows(20_000, 1).toList();

  @TempDir private Path folder;

  private static String[] fields(ChurnRow row) {
    return row.csv().split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
  }

  private static double share(int column, String... values) {
    return ROWS.stream().filter(row -> List.of(values).contains(fields(row)[column])).count()
        / (double) ROWS.size();
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ar-EG", "de"})
  void filesOfTheFirstSeedHaveTheSumsInMakeChurn(String locale) throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      ChurnTable.write(folder, 1);
    } finally {
      Locale.setDefault(before);
    }
    String script = Files.readString(Path.of("scripts/make-churn"));
    for (String name : List.of("train.csv", "test.csv")) {
      assertThat(script).contains("[" + name + "]=" + sha256(folder.resolve(name)));
    }
  }

  @Test
  void everyRowHasAFieldForEachColumn() {
    int columns = ChurnTable.HEADER.split(",").length;
    assertThat(ROWS).allSatisfy(row -> assertThat(fields(row)).hasSize(columns));
  }

  @ParameterizedTest
  @CsvSource({
    "country, '', 0.02",
    "last_seen, '', 0.04",
    "revenue, '', 0.12",
    "discount, NA, 0.05"
  })
  void gapsHaveTheirShares(String column, String missing, double expected) {
    int index = List.of(ChurnTable.HEADER.split(",")).indexOf(column);
    assertThat(share(index, missing)).isEqualTo(expected, within(0.007));
  }

  @Test
  void sixPercentChurnAsOftenAsTheirProbabilitiesTell() {
    double expected = ROWS.stream().mapToDouble(ChurnRow::probability).average().orElseThrow();
    double found = ROWS.stream().filter(ChurnRow::churned).count() / (double) ROWS.size();
    assertThat(expected).isEqualTo(0.06, within(0.004));
    assertThat(found).isEqualTo(expected, within(0.006)); // more than three standard errors
  }

  @Test
  void labelIsTheLastField() {
    assertThat(ROWS).allSatisfy(row -> assertThat(row.csv()).endsWith(row.churned() ? ",1" : ",0"));
  }

  @Test
  void seedsGiveDifferentTables() {
    assertThat(ChurnTable.rows(10, 2).toList()).isNotEqualTo(ROWS.subList(0, 10));
    assertThat(ChurnTable.rows(10, 1).toList()).isEqualTo(ROWS.subList(0, 10));
  }
}
