package io.meanfield.data.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowHashTest {
  private static String hash(DataType type, Object... values) {
    StructType schema = new StructType();
    for (int i = 0; i < values.length; i++) {
      schema = schema.add("c" + i, type);
    }
    return HexFormat.of().formatHex(new RowHash(schema).call(RowFactory.create(values)));
  }

  // SHA-256 of 00000002 "c0" 'I' 0000000000000001, by sha256sum.
  @Test
  void hashIsTheBeginningOfSha256() {
    assertThat(hash(DataTypes.LongType, 1L)).isEqualTo("8a8d5b7a8c5ac1b725cd39a3f71f0438");
  }

  @Property(tries = 200)
  void textsInOtherColumnsHaveAnotherHash(@ForAll String a, @ForAll String b) {
    assertThat(hash(DataTypes.StringType, a, b).equals(hash(DataTypes.StringType, b, a)))
        .isEqualTo(a.equals(b));
    assertThat(hash(DataTypes.StringType, a, null))
        .isNotEqualTo(hash(DataTypes.StringType, null, a))
        .isNotEqualTo(hash(DataTypes.StringType, a, ""));
  }

  @Test
  void sameNumberHasTheSameHashInEveryWidth() {
    assertThat(hash(DataTypes.IntegerType, 5)).isEqualTo(hash(DataTypes.LongType, 5L));
    assertThat(hash(DataTypes.FloatType, 0.5f)).isEqualTo(hash(DataTypes.DoubleType, 0.5));
    DataType decimal = DataTypes.createDecimalType(10, 2);
    assertThat(hash(decimal, new BigDecimal("1.50")))
        .isEqualTo(hash(decimal, new BigDecimal("1.5")))
        .isNotEqualTo(hash(decimal, new BigDecimal("15")));
  }

  @Test
  void bothClassesOfATimeHaveTheSameHash() {
    assertThat(hash(DataTypes.DateType, Date.valueOf("2026-01-31")))
        .isEqualTo(hash(DataTypes.DateType, LocalDate.of(2026, 1, 31)));
    Instant time = Instant.parse("2026-01-31T08:15:00.123456Z");
    assertThat(hash(DataTypes.TimestampType, Timestamp.from(time)))
        .isEqualTo(hash(DataTypes.TimestampType, time))
        .isNotEqualTo(hash(DataTypes.TimestampType, time.plusNanos(1000)));
  }

  @Test
  void vectorHasTheSameHashDenseAndSparse() {
    assertThat(hash(SQLDataTypes.VectorType(), Vectors.dense(0, 7)))
        .isEqualTo(
            hash(SQLDataTypes.VectorType(), Vectors.sparse(2, new int[] {1}, new double[] {7})));
  }

  @Test
  void typesWithoutBytesAreNotAccepted() {
    assertThat(
            ContentBytes.accepts(DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType)))
        .isFalse();
    assertThat(ContentBytes.accepts(DataTypes.createArrayType(DataTypes.CalendarIntervalType)))
        .isFalse();
    assertThat(
            List.of(DataTypes.LongType, DataTypes.TimestampNTZType, DataTypes.BinaryType).stream()
                .allMatch(ContentBytes::accepts))
        .isTrue();
  }
}
