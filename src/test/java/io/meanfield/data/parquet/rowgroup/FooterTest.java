package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata whose lists declare more than there is are refused before memory is allocated. */
class FooterTest {
  private static final Configuration HADOOP = new Configuration();
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType("message m { required double x; }");
  private static final int END = 8;
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  // In Thrift's compact protocol: field 1, an integer, with the version 1; field 2, a list; two
  // structures, the root of the schema and the column.
  private static final byte[] SCHEMA_OF_TWO = {0x15, 0x02, 0x19, 0x2c};
  private static final byte[] SCHEMA_OF_BILLIONS = {
    0x15, 0x02, 0x19, (byte) 0xfc, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07
  };

  // The version; field 4, a list of ten bytes, which Parquet reads as row groups. The first begins
  // with field 1, a list of billions of structures, the columns.
  private static final byte[] COLUMNS_IN_BYTES = {
    0x15,
    0x02,
    0x39,
    (byte) 0xa3,
    0x19,
    (byte) 0xfc,
    (byte) 0xff,
    (byte) 0xff,
    (byte) 0xff,
    (byte) 0xff,
    0x07,
    0,
    0,
    0,
    0
  };

  @TempDir private Path folder;

  private byte[] valid() throws IOException {
    Path file = folder.resolve("valid.parquet");
    try (var writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(HADOOP)
            .withType(SCHEMA)
            .build()) {
      writer.write(new SimpleGroupFactory(SCHEMA).newGroup().append("x", 0.5));
    }
    return Files.readAllBytes(file);
  }

  private static int begin(byte[] file) {
    return file.length
        - END
        - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - END);
  }

  /** Returns the file with other bytes in place of the first of its metadata. */
  private static byte[] withMetadata(byte[] file, byte[] first, int replaced) throws IOException {
    int begin = begin(file);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(file, 0, begin);
    changed.write(first);
    changed.write(file, begin + replaced, file.length - END - begin - replaced);
    int size = changed.size() - begin;
    changed.write(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(size).array());
    changed.write(file, file.length - Integer.BYTES, Integer.BYTES);
    return changed.toByteArray();
  }

  private String hostile(byte[] content) throws IOException {
    return Files.write(folder.resolve("hostile.parquet"), content).toUri().toString();
  }

  private void assertRefused(byte[] content) throws IOException {
    String file = hostile(content);
    String message =
        folder.resolve("hostile.parquet")
            + " cannot be read: its metadata are damaged (a list, a text or a structure in them"
            + " has no end); restore the file, or remove it from the data";
    assertThatThrownBy(() -> Footer.require(file, HADOOP))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> FileLayout.of(file, List.of(), HADOOP)).hasMessage(message);
  }

  @Test
  void listOfBillionsIsRefused() throws IOException {
    byte[] valid = valid();
    int begin = begin(valid);
    assertThat(Arrays.copyOfRange(valid, begin, begin + SCHEMA_OF_TWO.length))
        .isEqualTo(SCHEMA_OF_TWO);
    assertRefused(withMetadata(valid, SCHEMA_OF_BILLIONS, SCHEMA_OF_TWO.length));
  }

  @Test
  void listOfBillionsInAListOfBytesIsRefused() throws IOException {
    byte[] valid = valid();
    int size = valid.length - END - begin(valid);
    assertRefused(withMetadata(valid, COLUMNS_IN_BYTES, size));
  }

  @Test
  void listsThatAreNestedTooDeeplyAreRefused() throws IOException {
    byte[] nested = new byte[100_000];
    Arrays.fill(nested, (byte) 0x19); // the next field, a list, of one list
    assertRefused(withMetadata(valid(), nested, 0));
  }

  @Test
  void structuresThatAreNestedTooDeeplyAreRefused() throws IOException {
    byte[] nested = new byte[100_000];
    Arrays.fill(nested, (byte) 0x1c); // the next field, a structure
    assertRefused(withMetadata(valid(), nested, 0));
  }

  /** Returns a file without rows, whose one column is nested in groups of one column each. */
  private static byte[] nested(int groups) throws IOException {
    List<SchemaElement> schema = new ArrayList<>();
    for (int i = 0; i <= groups; i++) {
      schema.add(
          new SchemaElement("g")
              .setRepetition_type(FieldRepetitionType.REQUIRED)
              .setNum_children(1));
    }
    schema.add(
        new SchemaElement("x")
            .setRepetition_type(FieldRepetitionType.REQUIRED)
            .setType(Type.DOUBLE));
    return file(new FileMetaData(1, schema, 0, List.of()));
  }

  private static byte[] file(FileMetaData content) throws IOException {
    ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    Util.writeFileMetaData(content, metadata);
    return ByteBuffer.allocate(metadata.size() + 12)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put(metadata.toByteArray())
        .putInt(metadata.size())
        .put(MAGIC)
        .array();
  }

  @Test
  void columnsThatAreNestedTooDeeplyAreRefused() throws IOException {
    String file = hostile(nested(100_000));
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> Footer.require(file, HADOOP), () -> FileLayout.of(file, List.of(), HADOOP))) {
      assertThatThrownBy(reading)
          .isInstanceOf(UserException.class)
          .hasMessage(
              folder.resolve("hostile.parquet")
                  + " cannot be read: its metadata are damaged (columns are nested in more than"
                  + " 100 levels); restore the file, or remove it from the data");
    }
  }

  @Test
  void columnWithoutMetadataIsRefused() throws IOException {
    RowGroup group = new RowGroup(List.of(new ColumnChunk(4)), 0, 1);
    SchemaElement root = new SchemaElement("m").setNum_children(0);
    String file = hostile(file(new FileMetaData(1, List.of(root), 1, List.of(group))));
    assertThatThrownBy(() -> Footer.require(file, HADOOP))
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder.resolve("hostile.parquet")
                + " cannot be read: its metadata are damaged (a column of a row group has none);"
                + " restore the file, or remove it from the data");
  }

  @Test
  void columnsThatAreNestedAreRead() throws IOException {
    assertThat(FileLayout.of(hostile(nested(99)), List.of(), HADOOP).usable()).isTrue();
  }

  @Test
  void validMetadataAreRead() throws IOException {
    String file = hostile(valid());
    assertThatCode(() -> Footer.require(file, HADOOP)).doesNotThrowAnyException();
    FileLayout layout = FileLayout.of(file, List.of(), HADOOP);
    assertThat(layout.usable()).isTrue();
    assertThat(layout.groups()).containsExactly(1);
  }

  @Test
  void otherFilesAreLeftToSpark() throws IOException {
    for (byte[] content : new byte[][] {{}, new byte[100], Arrays.copyOf(valid(), 50)}) {
      String file = hostile(content);
      assertThatCode(() -> Footer.require(file, HADOOP)).doesNotThrowAnyException();
      assertThat(FileLayout.of(file, List.of(), HADOOP).usable()).isFalse();
    }
  }
}
