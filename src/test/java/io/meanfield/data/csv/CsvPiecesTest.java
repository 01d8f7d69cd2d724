package io.meanfield.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.hadoop.conf.Configuration;

/** Rows that are read in pieces are those that one task reads, with their lines and positions. */
class CsvPiecesTest {
  private static final Configuration HADOOP = new Configuration();

  private record Direct(List<CsvChunk> counted, List<List<CsvFile>> parsed)
      implements CsvPieces.Passes {
    Direct() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public List<CsvChunk.Lines> lines(List<CsvChunk> chunks) {
      counted.addAll(chunks);
      return chunks.stream().map(chunk -> chunk.count(HADOOP)).toList();
    }

    @Override
    public List<Long> rows(List<CsvFile> files) {
      parsed.add(files);
      return files.stream().map(file -> file.rows(HADOOP)).toList();
    }
  }

  private static CsvFile file(byte[] bytes) throws IOException {
    return file(bytes, ".csv");
  }

  private static CsvFile file(byte[] bytes, String suffix) throws IOException {
    Path path = Files.createTempFile("pieces", suffix);
    path.toFile().deleteOnExit();
    return new CsvFile(Files.write(path, bytes).toUri().toString(), ',');
  }

  private static CsvFile file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<CsvPiece> pieces(List<CsvFile> files, int chunkBytes) throws IOException {
    return pieces(new Direct(), files, chunkBytes);
  }

  private static List<CsvPiece> pieces(CsvPieces.Passes passes, List<CsvFile> files, int chunkBytes)
      throws IOException {
    List<Long> lengths = new ArrayList<>();
    for (CsvFile file : files) {
      lengths.add(Files.size(Path.of(java.net.URI.create(file.location()))));
    }
    return new CsvPieces(passes, chunkBytes).of(files, lengths);
  }

  /** Returns position, place and fields of all rows. */
  private static List<String> rows(List<CsvPiece> pieces) throws IOException {
    List<String> rows = new ArrayList<>();
    for (CsvPiece piece : pieces) {
      long position = piece.first();
      try (CsvParser records = piece.open(HADOOP)) {
        while (records.advance()) {
          rows.add(position++ + " " + records.where() + " " + records.fields());
        }
      }
    }
    return rows;
  }

  private static List<String> inOnePiece(CsvFile file) throws IOException {
    return rows(List.of(CsvPiece.whole(file, file.header(HADOOP), 0)));
  }

  @Property(tries = 300)
  void rowsOfPiecesAreThoseOfTheFile(
      @ForAll @StringLength(max = 60) @Chars({'a', ',', '\n', '\r', 'é', '\ufeff'}) String text,
      @ForAll @IntRange(min = 1, max = 12) int chunkBytes)
      throws IOException {
    CsvFile file = file("x,y\n" + text);
    assertThat(rows(pieces(List.of(file), chunkBytes))).isEqualTo(inOnePiece(file));
  }

  @Property(tries = 200)
  void rowsWithQuotesAreThoseOfTheFile(
      @ForAll @StringLength(max = 20) @Chars({'a', ',', '\n', '\r'}) String quoted,
      @ForAll @IntRange(min = 1, max = 12) int chunkBytes)
      throws IOException {
    CsvFile file = file("x,y\n1,2\n\"" + quoted + "\",3\n\n4,5\n");
    List<String> rows = rows(pieces(List.of(file, file), chunkBytes));
    assertThat(rows.subList(0, 3)).isEqualTo(inOnePiece(file));
    assertThat(rows).hasSize(6);
    assertThat(rows.get(3)).startsWith("3 ").endsWith(":2 [1, 2]");
  }

  @Example
  void longFileIsDividedAndTheNextFileContinuesItsPositions() throws IOException {
    String text =
        "\ufeffx,y\r\n"
            + java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> i + ",b\r\n")
                .collect(Collectors.joining());
    List<CsvPiece> pieces = pieces(List.of(file(text), file(text)), 64);
    assertThat(pieces).hasSizeGreaterThan(10);
    List<String> rows = rows(pieces);
    assertThat(rows).hasSize(200);
    assertThat(rows.get(100)).startsWith("100 ").endsWith(":2 [0, b]");
    assertThat(rows.get(199)).startsWith("199 ").endsWith(":101 [99, b]");
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Example
  void gzippedFileIsOnePiece() throws IOException {
    CsvFile file = file(gzipped("x,y\n1,2\n3,4\n"));
    assertThat(pieces(List.of(file), 4)).hasSize(1);
    assertThat(rows(pieces(List.of(file, file), 4)))
        .extracting(row -> row.charAt(0))
        .containsExactly('0', '1', '2', '3');
  }

  @Example
  void fileThatIsNamedAsGzippedIsNotDividedIntoChunks() throws IOException {
    CsvFile zipped = file(gzipped("x,y\n1,2\n3,4\n"), ".csv.gz");
    CsvFile plain = file("x,y\n5,6\n7,8\n".getBytes(StandardCharsets.UTF_8), ".csv.gz");
    Direct passes = new Direct();
    List<String> rows = rows(pieces(passes, List.of(zipped, plain, zipped), 4));
    assertThat(passes.counted()).hasSize(3);
    assertThat(rows).extracting(row -> row.charAt(0)).containsExactly('0', '1', '2', '3', '4', '5');
    assertThat(rows.get(2)).endsWith("[5, 6]");
  }

  @Example
  void filesThatCannotBeDividedAreParsedTogether() throws IOException {
    CsvFile quoted = file("x,y\n\"1\n\",2\n3,4\n");
    CsvFile zipped = file(gzipped("x,y\n1,2\n3,4\n5,6\n"));
    CsvFile plain = file("x,y\n1,2\n");
    Direct passes = new Direct();
    List<CsvPiece> pieces = pieces(passes, List.of(quoted, plain, zipped, plain, quoted), 64);
    assertThat(passes.parsed()).containsExactly(List.of(quoted, zipped));
    assertThat(pieces).extracting(CsvPiece::first).containsExactly(0L, 2L, 3L, 6L, 7L);
  }

  @Example
  void filesThatCanBeDividedAreNotParsed() throws IOException {
    Direct passes = new Direct();
    CsvFile plain = file("x,y\n1,2\n");
    assertThat(pieces(passes, List.of(plain, plain), 64)).hasSize(2);
    assertThat(passes.parsed()).isEmpty();
  }

  @Example
  void chunksGrowWithTheData() {
    assertThat(CsvPieces.chunkBytes(1000)).isEqualTo(4 << 20);
    assertThat(CsvPieces.chunkBytes(1L << 30)).isEqualTo(16 << 20);
    assertThat(CsvPieces.chunkBytes(1L << 40)).isEqualTo(128 << 20);
  }

  @Example
  void tasksReadSeveralPiecesUnlessThereAreManyCoresOrManyBytes() {
    assertThat(CsvPieces.tasks(28, 109L << 20, 2)).isEqualTo(4);
    assertThat(CsvPieces.tasks(28, 109L << 20, 100)).isEqualTo(28);
    assertThat(CsvPieces.tasks(1, 10, 2)).isEqualTo(1);
    assertThat(CsvPieces.tasks(8192, 1L << 40, 2)).isEqualTo(8192);
    assertThat(CsvPieces.tasks(64, 4L << 30, 2)).isEqualTo(32);
  }
}
