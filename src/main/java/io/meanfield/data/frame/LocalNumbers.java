package io.meanfield.data.frame;

import io.meanfield.data.ColumnNames;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Numbers in texts as people write them who use a decimal comma, such as 1.234,5 € for 1234.5. */
public final class LocalNumbers {
  /** The form of such numbers, also of whole ones; a regular expression. */
  public static final String FORM =
      "[-+]?(\\p{Sc}[ \u00a0]?)?([0-9]+|[0-9]{1,3}([. \u00a0\u202f][0-9]{3})+)(,[0-9]+)?"
          + "([ \u00a0\u202f]?[%\\p{Sc}])?";

  private LocalNumbers() {}

  /**
   * Returns rows whose numbers have a decimal point. All other texts stay as they are.
   *
   * @param locale a language tag such as de-DE; with one whose numbers have a point, nothing
   *     changes
   */
  static Dataset<Row> withPoint(Dataset<Row> texts, String locale) {
    Locale known = Locale.forLanguageTag(locale);
    return DecimalFormatSymbols.getInstance(known).getDecimalSeparator() == ','
        ? texts.select(
            Arrays.stream(texts.columns())
                .map(name -> withPoint(ColumnNames.named(name)).as(name))
                .toArray(Column[]::new))
        : texts;
  }

  private static Column withPoint(Column text) {
    Column plain = functions.translate(functions.trim(text), ",. \u00a0\u202f", ".");
    return functions.when(text.rlike("^\\s*" + FORM + "\\s*$"), plain).otherwise(text);
  }
}
