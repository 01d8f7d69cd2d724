package io.meanfield.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.ColumnRoles.HandleUnknown;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.TargetKind;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Where a row of a Parquet file is, in messages and lists of skipped rows. */
class ParquetRowLocationTest {
  private static final String FILE = "file:///data/people%20100%25/part%201.parquet";
  private static final TableEncoder ENCODER =
      new TableEncoder(
          List.of("age"),
          List.of(Vocabulary.of("plan", List.of("basic", "gold"))),
          HandleUnknown.ERROR,
          List.of(Vocabulary.of("churned", List.of("no", "yes"))));
  private static final ParquetColumns COLUMNS =
      new ParquetColumns(
          new TableSchema(
              List.of("id"),
              List.of("age"),
              List.of("plan"),
              List.of("churned"),
              List.of(),
              List.of("weight"),
              TargetKind.CLASSES,
              true),
          new ParquetNumericColumns(List.of("age"), List.of(1), false),
          new ParquetNumericColumns(List.of(), List.of(), false));
  private static final ParquetValues VALUES =
      new ParquetValues(COLUMNS, TableRules.of(ENCODER), "people 100%");

  private static Row row(Double age, String plan, String churned) {
    return RowFactory.create(FILE, 3L, "c7", age, plan, churned, 1.0);
  }

  private static void read(Row row) {
    ParquetIds ids = new ParquetIds(COLUMNS, new IdAssigner.Positional(), Map.of(FILE, 0L));
    ParquetExampleReader.of(VALUES, ENCODER, ids, 2).block(List.of(row).iterator(), 1);
  }

  @Test
  void messagesNameFileAndRow() {
    String where = "part 1.parquet of people 100%, row 4: ";
    read(row(30.0, "gold", "yes"));
    assertThatThrownBy(() -> read(row(null, "gold", "yes")))
        .hasMessage(where + "column age has no value, expected a finite number");
    assertThatThrownBy(() -> read(row(30.0, "silver", "yes")))
        .isInstanceOfSatisfying(
            InvalidRowException.class, e -> assertThat(e.value()).isEqualTo("silver"))
        .hasMessageStartingWith(where + "column plan is \"silver\", which is none of the 2 values");
    assertThatThrownBy(() -> read(row(30.0, "gold", "maybe")))
        .hasMessageStartingWith(where + "column churned is \"maybe\", which is none of the 2");
  }

  @Test
  void skippedRowHasTheSameNumberAndThePathOfItsFile() {
    assertThat(VALUES.place(row(30.0, "gold", "yes")))
        .isEqualTo(new SkippedRow.Place("/data/people 100%/part 1.parquet", 4, "c7"));
  }

  @Test
  void selectedColumnsIncludeTheWeight() {
    assertThat(COLUMNS.width()).isEqualTo(row(30.0, "gold", "yes").size());
  }
}
